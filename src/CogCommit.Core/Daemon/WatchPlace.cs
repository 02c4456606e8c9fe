using System.Runtime.InteropServices;
using CogCommit.Core.Store;
using CogCommit.Core.Watch;

namespace CogCommit.Core.Daemon;

/// <summary>The one place in a home from which it is watched: whoever is in it watches, and everybody can see who that is.</summary>
public sealed class WatchPlace(CogCommitHome home, TimeProvider clock)
{
    /// <summary>The id of the error that somebody else holds the place.</summary>
    internal const string AlreadyWatchingId = "AlreadyWatching";

    // How long a signal that ends the process anyway waits for the work to end well.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);
    private readonly DaemonPaths _paths = new(home);

    /// <summary>
    /// Runs the work while this process holds the place, and gives it what tells others of it. It ends when the work does, which is asked
    /// to when somebody asks this watcher to stop (then it returns), or when the token is cancelled (then it throws what the work throws).
    /// </summary>
    /// <param name="mode">As a daemon, what happens is written to the log; SIGTERM and SIGINT end it well, and a closed terminal is none of its business.</param>
    /// <param name="work">Gets what to call with what happens, what to call with how it stands to the cloud, and when to stop.</param>
    /// <param name="say">Told what happens, in either mode; or null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CogCommitException">AlreadyWatching: somebody else holds the place; WatchLockRefused. Nothing was done.</exception>
    public async Task RunAsync(
        WatchMode mode, Func<Action<WatchEvent>, Action<WatchStatus>, CancellationToken, Task> work, Action<WatchEvent>? say, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        using var held = WatchLock.Take(_paths.Lock) ?? throw AlreadyWatching();
        if (mode == WatchMode.Daemon)
        {
            Terminal.LeaveIfTold();
        }

        var log = mode == WatchMode.Daemon ? new DaemonLog(_paths.Log, clock) : null;
        var state = new WatchState(_paths, log, Record(mode));
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var ended = new ManualResetEventSlim();
        Registrations? signals = null;
        try
        {
            // Before anybody can see whom to send a signal, and until it has gone from sight.
            signals = Signals(mode, stopping.Cancel, ended);
            state.Write();
            ShadowCopy.DeleteOthers(_paths, state.Record.Module);
            using var asked = new StopRequest(_paths.Stop).Heed(state.Record.Id, stopping.Cancel, clock);
            await work(
                happened =>
                {
                    log?.Write(happened);
                    say?.Invoke(happened);
                },
                state.Say,
                stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Asked to stop, by file or signal: that is how it is meant to end.
        }
        catch (Exception failed) when (failed is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            log?.Write(WatchEventKind.Error.ToString(), $"{(failed as CogCommitException)?.ErrorId ?? failed.GetType().Name}: {failed.Message}");
            throw;
        }
        finally
        {
            state.Delete();
            ended.Set();
            signals?.Dispose();
        }
    }

    private DaemonRecord Record(WatchMode mode) => new()
    {
        Id = DaemonLaunch.TakeId() ?? DaemonRecord.NewId(),
        Pid = Environment.ProcessId,
        Machine = Environment.MachineName,
        Started = clock.GetUtcNow(),
        Version = ModuleVersion.Current,
        Mode = mode,
        Module = ModuleVersion.Folder,
        Log = mode == WatchMode.Daemon ? _paths.Log : null,
    };

    private CogCommitException AlreadyWatching()
    {
        var record = new DaemonFile(_paths.State).Read();
        var (who, stop) = record switch
        {
            null => ("Another process", "Stop-CogCommitDaemon stops it."),
            { Mode: WatchMode.Daemon } => ($"The daemon, process {record.Pid}{Where(record)},", "Get-CogCommitDaemon shows it, Stop-CogCommitDaemon stops it."),
            _ => ($"A Watch-CogCommit, process {record.Pid}{Where(record)},", "Ctrl+C there ends it, and so does Stop-CogCommitDaemon."),
        };
        return new CogCommitException(AlreadyWatchingId, $"{who} watches '{home.Root}' already, and one is enough. Nothing was started. {stop}", ErrorKind.Conflict);
    }

    private static string Where(DaemonRecord record) => record.Machine == Environment.MachineName ? "" : $" on {record.Machine}";

    /// <summary>In somebody's session Ctrl+C is the session's; what ends the process anyway (its terminal is closed, it is told to end) first ends the work.</summary>
    private static Registrations Signals(WatchMode mode, Action stop, ManualResetEventSlim ended)
    {
        void EndWell(PosixSignalContext signal)
        {
            stop();
            if (mode == WatchMode.Daemon)
            {
                signal.Cancel = true;
            }
            else
            {
                ended.Wait(Grace);
            }
        }

        List<IDisposable> all = [PosixSignalRegistration.Create(PosixSignal.SIGTERM, EndWell)];
        if (mode == WatchMode.Daemon)
        {
            all.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, EndWell));
            all.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => signal.Cancel = true));
        }
        else
        {
            all.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, EndWell));
        }

        return new Registrations(all);
    }

    private sealed class Registrations(List<IDisposable> all) : IDisposable
    {
        public void Dispose() => all.ForEach(one => one.Dispose());
    }
}
