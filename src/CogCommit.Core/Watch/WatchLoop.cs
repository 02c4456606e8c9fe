using System.Threading.Channels;
using CogCommit.Core.Config;
using CogCommit.Core.Store;

namespace CogCommit.Core.Watch;

/// <summary>
/// One thread at a time takes what happened, lets both halves do what is due, and sleeps until the next of it: imports, syncs,
/// notifications and nudges come from other threads and only post here.
/// </summary>
internal sealed class WatchLoop : IDisposable
{
    /// <summary>How long the last push of a watch that is stopped may take.</summary>
    public static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly Channel<Action> _happened = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CogCommitHome _home;
    private readonly WatchOptions _options;
    private readonly WatchTeller _teller;
    private readonly Action<WatchStatus> _status;
    private readonly WatchClock _clock;
    private readonly ITimer _timer;
    private readonly CaptureSide _capture;
    private readonly CloudSide _cloud;
    private readonly HomeWatch _homeWatch;
    private readonly IDisposable _network;
    private readonly CacheTrim _cache;
    private readonly MemoryRest _memory;
    private WatchSettings _settings;
    private WatchStatus? _told;

    public WatchLoop(WatchParts parts, StoreFile store, Action<WatchEvent> say, Action<WatchStatus> status)
    {
        (_home, _options, _status) = (store.Home, parts.Options, status);
        _clock = new WatchClock(store.Clock);
        _memory = new MemoryRest(_clock, parts.GiveBack);
        _teller = new WatchTeller(
            happened =>
            {
                _memory.Note();
                say(happened);
            },
            store.Clock);
        _timer = store.Clock.CreateTimer(_ => Post(static () => { }), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        // Before the settings are read: whoever changes them meanwhile is noticed.
        _homeWatch = new HomeWatch(_home, () => _clock.Now, () => Post(static () => { }));
        _settings = WatchSettings.Of(Settings.Load(_home), _options);
        _cache = new CacheTrim(_home, _clock, store.Clock);
        _cache.Use(_settings.VisualCache);
        _capture = new CaptureSide(store, parts.Roots, _settings, _clock, _teller, Post, parts.Report);
        _cloud = new CloudSide(store, () => parts.Account(Settings.Load(_home)), _settings, parts.Random, _clock, _teller, Post);
        _network = parts.Network(() => Post(() => _cloud.NetworkBack()));
        _teller.Say(WatchEventKind.Started, $"Watching {string.Join(", ", parts.Roots)}.");
    }

    /// <summary>Runs until it is cancelled, then sends what waits and ends.</summary>
    /// <exception cref="CogCommitException">The store was taken away, or is a newer version's.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            Guarded("sign-in", _cloud.LookWhoIsSignedIn);
            while (true)
            {
                Act();
                Arm();
                await _happened.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false);
                TakeHappened();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await StopAsync().ConfigureAwait(false);
        }
        finally
        {
            // Also after a fault: nothing of it goes on when this returns.
            await _capture.StopAsync().ConfigureAwait(false);
            await _cloud.EndAsync().ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _network.Dispose();
        _timer.Dispose();
        _homeWatch.Dispose();
        _capture.Dispose();
        _cloud.Dispose();
    }

    private void Post(Action happened) => _happened.Writer.TryWrite(happened);

    private void TakeHappened()
    {
        while (_happened.Reader.TryRead(out var happened))
        {
            Guarded("store", happened, mends: false);
        }
    }

    private void Act()
    {
        var now = _clock.Now;
        if (_clock.TakeWoke())
        {
            // A machine that wakes up has perhaps missed anything.
            _capture.Lose();
            _cloud.NetworkBack();
        }

        if (_homeWatch.Next <= now)
        {
            LookAtHome();
        }

        if (_cache.Next <= now)
        {
            Guarded("visual cache", _cache.Act);
        }

        if (_memory.Next <= now)
        {
            _memory.Act();
        }

        _capture.Act();
        _cloud.Act();
        if (_cloud.Status is var status && status != _told)
        {
            _told = status;
            _status(status);
        }
    }

    private void LookAtHome()
    {
        var (settings, store) = _homeWatch.Take();
        if (!_homeWatch.HasStore)
        {
            throw new CogCommitException(
                "StoreGone", $"The store '{_home.DatabasePath}' was taken away while it was watched. Watching ended; begin again to have a new one.", ErrorKind.NotFound);
        }

        if (settings)
        {
            Guarded("settings", LookAtSettings);
        }

        if (store)
        {
            Guarded("store", _cloud.LookAtStore);
        }
    }

    private void LookAtSettings()
    {
        var before = (_settings, _cloud.User);
        _settings = WatchSettings.Of(Settings.Load(_home), _options);
        _capture.Use(_settings);
        _cloud.Use(_settings);
        _cache.Use(_settings.VisualCache);
        _cloud.LookWhoIsSignedIn();
        if (before._settings.ChangesTo(_settings) is { Count: > 0 } changed)
        {
            _teller.Say(WatchEventKind.SettingsChanged, $"In force from now on: {string.Join(", ", changed)}.");
        }

        if (before.User != _cloud.User)
        {
            _teller.Say(WatchEventKind.SettingsChanged, _cloud.User is { } user ? $"Syncs as {user}." : $"Nothing is synced any more: {_cloud.Status.Reason}");
        }
    }

    /// <summary>A store or file that cannot be read now may be in a moment: it is told, and looked at again.</summary>
    /// <param name="source">What fails.</param>
    /// <param name="work">What may.</param>
    /// <param name="mends">Where it succeeds, what failed before is over.</param>
    private void Guarded(string source, Action work, bool mends = true)
    {
        try
        {
            work();
            if (mends)
            {
                _teller.Forget(source);
            }
        }
        catch (CogCommitException fault) when (fault.Kind != ErrorKind.Newer && fault.ErrorId != "StoreReplaced")
        {
            _teller.SayError(source, fault, null);
        }
    }

    private void Arm()
    {
        DateTimeOffset?[] times = [_homeWatch.Next, _cache.Next, _memory.Next, _capture.Next, _cloud.Next];
        var wait = times.Min()!.Value - _clock.Now;
        _timer.Change(wait < Shortest ? Shortest : wait > Longest ? Longest : wait, Timeout.InfiniteTimeSpan);
    }

    private async Task StopAsync()
    {
        await _capture.StopAsync().ConfigureAwait(false);
        using var patience = new CancellationTokenSource(Farewell);
        await _cloud.FinishAsync(patience.Token).ConfigureAwait(false);
        TakeHappened();
        await _cloud.FarewellAsync(patience.Token).ConfigureAwait(false);
        await _cloud.EndAsync().ConfigureAwait(false);
        TakeHappened();
        _teller.Say(WatchEventKind.Stopped, "Watching ended.");
    }
}
