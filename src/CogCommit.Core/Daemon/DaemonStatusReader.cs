using CogCommit.Core.Store;

namespace CogCommit.Core.Daemon;

/// <summary>Who watches a home, from the lock and from what its holder says of himself. It starts and changes nothing.</summary>
public static class DaemonStatusReader
{
    /// <param name="home">The home.</param>
    /// <param name="isRegistered">Whether the system starts a daemon at logon.</param>
    public static DaemonStatus Read(CogCommitHome home, bool isRegistered = false)
    {
        ArgumentNullException.ThrowIfNull(home);
        var paths = new DaemonPaths(home);
        return Holder(paths) switch
        {
            (false, _) => new DaemonStatus { LogPath = paths.Log, IsRegistered = isRegistered },
            (true, null) => new DaemonStatus { IsRunning = true, LogPath = paths.Log, IsRegistered = isRegistered },
            (true, { } record) => new DaemonStatus
            {
                IsRunning = true,
                ProcessId = record.Pid,
                StartedAt = record.Started,
                Version = record.Version,
                Mode = record.Mode.ToString(),
                Connection = record.Status.Connection.ToString(),
                LastSync = record.Status.LastSync,
                FailingSince = record.Status.FailingSince,
                Failures = record.Status.Failures,
                NextTry = record.Status.NextTry,
                Reason = record.Status.Reason,
                LogPath = paths.Log,
                IsRegistered = isRegistered,
            },
        };
    }

    /// <summary>The last lines of the log, oldest first.</summary>
    public static IReadOnlyList<string> Log(CogCommitHome home, int lines) => new DaemonLog(new DaemonPaths(home).Log, TimeProvider.System).Last(lines);

    /// <summary>Whether the lock is held, and by whom as far as he said so.</summary>
    internal static (bool Held, DaemonRecord? Record) Holder(DaemonPaths paths)
    {
        if (!WatchLock.IsHeld(paths.Lock))
        {
            return (false, null);
        }

        // What one that was killed left behind is replaced right after the lock is taken; in between it describes a process that is no more.
        var record = new DaemonFile(paths.State).Read();
        return (true, record is not null && DaemonProcess.MayBe(record) ? record : null);
    }
}
