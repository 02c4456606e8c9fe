using System.Runtime.ExceptionServices;
using CogCommit.Core.Store;

namespace CogCommit.Core.Watch;

/// <summary>The half of watching that brings transcripts into the store. All but the import itself happens on the loop's thread.</summary>
internal sealed class CaptureSide : IDisposable
{
    private const string Source = "capture";
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private readonly TranscriptCapture _capture;
    private readonly FileWatch _files;
    private readonly WatchClock _clock;
    private readonly WatchTeller _teller;
    private readonly Action<Action> _post;
    private readonly BackOff _backOff = new(Random.Shared, FirstWait, LongestWait);
    private readonly ActiveSessions _active = new();
    private readonly HashSet<string> _toDo = [];
    private readonly CancellationTokenSource _stop = new();
    private WatchSettings _settings;
    private DateTimeOffset? _nextTry;
    private Task? _running;
    private bool _all;

    public CaptureSide(
        StoreFile store, IReadOnlyList<string> roots, WatchSettings settings, WatchClock clock, WatchTeller teller, Action<Action> post, IReport? report)
    {
        _capture = new TranscriptCapture(store, report);
        (_settings, _clock, _teller, _post) = (settings, clock, teller, post);
        _files = new FileWatch(roots, () => clock.Now, () => post(static () => { }), report);
        foreach (var (session, project, last) in _capture.ActiveSince(clock.Now - settings.SessionIdle))
        {
            _active.Saw(session, project, last);
        }
    }

    /// <summary>When it has something to do, if nothing happens until then.</summary>
    public DateTimeOffset? Next => _active.Next(_settings.SessionIdle) is { } ends && !(NextLook < ends) ? ends : NextLook;

    private DateTimeOffset? NextLook => _running is not null ? null : _nextTry ?? _files.Next;

    public void Use(WatchSettings settings)
    {
        // What was excluded until now is asked about again.
        _all |= settings.Excluded != _settings.Excluded;
        _settings = settings;
    }

    /// <summary>Does what is due.</summary>
    public void Act()
    {
        var now = _clock.Now;
        foreach (var (session, project, last) in _active.TakeEnded(now, _settings.SessionIdle))
        {
            _teller.Say(new WatchEvent
            {
                Kind = WatchEventKind.SessionEnded,
                Time = now,
                Message = $"Nothing was said since {last.ToLocalTime():HH:mm}.",
                Project = project,
                AgentSessionId = session,
            });
        }

        if (_running is null && (_all || NextLook <= now))
        {
            var excluded = _settings.ExcludeProjects;
            var all = _all;
            _all = false;
            _running = Task.Run(() => RunAsync(excluded, all));
        }
    }

    /// <summary>Notifications may have been lost.</summary>
    public void Lose() => _files.Lose();

    /// <summary>Ends an import that runs behind a whole transaction; the next one goes on there.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_running is { } running)
        {
            await running.ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _files.Dispose();
        _stop.Dispose();
    }

    private void RunAsync(IReadOnlyList<string> excluded, bool all)
    {
        try
        {
            _toDo.UnionWith(_files.Look());
            if (all)
            {
                _toDo.UnionWith(_files.Known);
            }

            var outcome = _toDo.Count == 0 ? null : _capture.Run(Companions.Of(_toDo, _files.Known, _files.WorkedOn), excluded, _stop.Token);
            _toDo.Clear();
            _post(() => Ended(outcome, null));
        }
        catch (CogCommitException fault)
        {
            _post(() => Ended(null, fault));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // What was imported is whole; what was not is found by the next start.
        }
        catch (Exception mistake)
        {
            // Told by the one who waits for the loop.
            var thrown = ExceptionDispatchInfo.Capture(mistake);
            _post(thrown.Throw);
        }
    }

    private void Ended(TranscriptCapture.Outcome? outcome, CogCommitException? fault)
    {
        _running = null;
        if (fault is not null)
        {
            if (fault.Kind == ErrorKind.Newer || fault.ErrorId == "StoreReplaced")
            {
                throw fault;
            }

            _nextTry = _clock.Now + _backOff.Next();
            _teller.SayError(Source, fault, _nextTry);
            return;
        }

        _nextTry = null;
        if (outcome is null)
        {
            return;
        }

        _backOff.Reset();
        _teller.Forget(Source);
        foreach (var (session, project) in outcome.Sessions)
        {
            _active.Saw(session, project, _clock.Now);
        }

        foreach (var happened in outcome.Events)
        {
            _teller.Say(happened);
        }
    }
}
