namespace CogCommit;

/// <summary>What watches this installation, if anything does. Words and not enums, so that JSON has them as words.</summary>
public sealed class DaemonStatus
{
    /// <summary>Something watches: it holds the lock. What files of an earlier one say does not count.</summary>
    public bool IsRunning { get; init; }

    /// <summary>Its process, or null.</summary>
    public int? ProcessId { get; init; }

    /// <summary>When it began, or null.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The version of the module it runs, or null.</summary>
    public string? Version { get; init; }

    /// <summary>Daemon, or Foreground (a Watch-CogCommit in somebody's session); null when nothing runs.</summary>
    public string? Mode { get; init; }

    /// <summary>Off, Offline, Polling or Listening; null when nothing runs.</summary>
    public string? Connection { get; init; }

    /// <summary>Its last push or pull that succeeded, or null.</summary>
    public DateTimeOffset? LastSync { get; init; }

    /// <summary>Since when nothing gets through to the cloud, or null.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>How often it was tried since then.</summary>
    public int Failures { get; init; }

    /// <summary>When it tries again, or null.</summary>
    public DateTimeOffset? NextTry { get; init; }

    /// <summary>Why nothing gets through, or why it only asks now and then; or null.</summary>
    public string? Reason { get; init; }

    /// <summary>Where the daemon writes what it does; there need be no such file yet.</summary>
    public required string LogPath { get; init; }

    /// <summary>The system starts it at logon.</summary>
    public bool IsRegistered { get; init; }
}
