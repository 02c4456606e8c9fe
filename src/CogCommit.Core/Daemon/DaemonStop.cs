using System.Diagnostics;
using CogCommit.Core.Store;

namespace CogCommit.Core.Daemon;

/// <summary>Asks whoever watches a home to stop, and waits until he has.</summary>
public sealed class DaemonStop(CogCommitHome home)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan AfterKill = TimeSpan.FromSeconds(10);
    private readonly DaemonPaths _paths = new(home);

    /// <summary>
    /// A daemon that does not stop in time is ended, where it is surely that process; what it was at it repeats at the next start. Somebody's
    /// session is never ended.
    /// </summary>
    /// <param name="patience">How long to wait for it to stop by itself.</param>
    /// <param name="cancellationToken">Ends the waiting; it is still asked to stop.</param>
    /// <returns>What was stopped; null when nobody watched.</returns>
    /// <exception cref="CogCommitException">DaemonNotStopped.</exception>
    public async Task<DaemonStopped?> RunAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        var request = new StopRequest(_paths.Stop);
        DaemonRecord? asked = null;
        while (DaemonStatusReader.Holder(_paths) is (true, var record))
        {
            if (asked is not null && record is not null && record.Id != asked.Id)
            {
                // Another one by now, which nobody meant.
                return new DaemonStopped(asked.Pid, false);
            }

            asked ??= record;
            if (asked is not null && !request.Asks(asked.Id))
            {
                Ask(request, asked);
            }

            if (waited.Elapsed >= patience)
            {
                return await EndAsync(asked, patience, cancellationToken).ConfigureAwait(false);
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }

        return asked is null ? null : new DaemonStopped(asked.Pid, false);
    }

    private void Ask(StopRequest request, DaemonRecord asked)
    {
        try
        {
            request.Ask(asked.Id);
        }
        catch (Exception refused) when (FileErrors.IsRefusal(refused))
        {
            throw new CogCommitException(
                "DaemonNotStopped", $"Process {asked.Pid} could not be asked to stop, for '{_paths.Stop}' could not be written: {refused.Message} It goes on.", ErrorKind.Unavailable, refused);
        }
    }

    private async Task<DaemonStopped> EndAsync(DaemonRecord? record, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var process = record is { Mode: WatchMode.Daemon } && record.Machine == Environment.MachineName ? DaemonProcess.Find(record) : null;
        if (process is null)
        {
            throw NotStopped(record, patience);
        }

        process.Kill();
        var waited = Stopwatch.StartNew();
        while (WatchLock.IsHeld(_paths.Lock))
        {
            if (waited.Elapsed >= AfterKill)
            {
                throw NotStopped(record, patience);
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }

        // It could not do that itself. Whoever came in between has a record of his own by now.
        if (new DaemonFile(_paths.State).Read()?.Id == record!.Id)
        {
            new DaemonFile(_paths.State).Delete();
        }

        new StopRequest(_paths.Stop).Delete();
        return new DaemonStopped(record.Pid, true);
    }

    private CogCommitException NotStopped(DaemonRecord? record, TimeSpan patience)
    {
        var (who, what) = record switch
        {
            null => ($"Whoever holds '{_paths.Lock}' does not say who it is", "Find the process that has this file open, and end it."),
            { Mode: WatchMode.Foreground } => ($"A Watch-CogCommit in process {record.Pid} on {record.Machine} did not stop within {patience.TotalSeconds:0} seconds", "It is somebody's session, so it was not ended. Press Ctrl+C there."),
            _ => ($"The daemon, process {record.Pid} on {record.Machine}, did not stop within {patience.TotalSeconds:0} seconds and could not be ended", "End it there."),
        };
        return new CogCommitException("DaemonNotStopped", $"{who}. {what}", ErrorKind.Unavailable);
    }
}
