namespace CogCommit;

/// <summary>How the store stands to the cloud. Counts are commits unless they say otherwise.</summary>
public sealed class SyncStatus
{
    /// <summary>Who is signed in.</summary>
    public required Identity Identity { get; init; }

    /// <summary>The last push or pull that succeeded, or null.</summary>
    public DateTimeOffset? LastSync { get; init; }

    /// <summary>Waiting for a push.</summary>
    public int Pending { get; init; }

    /// <summary>In the cloud as they are here.</summary>
    public int Synced { get; init; }

    /// <summary>Need no upload.</summary>
    public int Filtered { get; init; }

    /// <summary>Wait because the quota is reached.</summary>
    public int OverLimit { get; init; }

    /// <summary>Unresolved entries of the conflict archive.</summary>
    public int Conflicts { get; init; }

    /// <summary>Refused by the cloud.</summary>
    public int Errors { get; init; }

    /// <summary>Hold a row too large for the cloud.</summary>
    public int TooLarge { get; init; }

    /// <summary>Live commits in the cloud, as it last said; null before the first sync.</summary>
    public int? CommitsUsed { get; init; }

    /// <summary>The most there may be.</summary>
    public int? CommitLimit { get; init; }

    /// <summary>Bytes of live turns and visuals in the cloud.</summary>
    public long? BytesUsed { get; init; }

    /// <summary>The most there may be.</summary>
    public long? ByteLimit { get; init; }

    /// <summary>What went wrong last, or null.</summary>
    public string? LastError { get; init; }

    /// <summary>What watches this installation; null where nobody looked.</summary>
    public DaemonStatus? Daemon { get; init; }

    /// <summary>Off, Offline, Polling or Listening: the daemon's, if one runs. Without one Offline when the last sync could not reach the cloud, else Off.</summary>
    public string Connection { get; init; } = "Off";

    /// <summary>Since when no sync got through, by whomever it was tried; null when the last one did.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>How often it was tried since then.</summary>
    public int Failures { get; init; }

    /// <summary>When the daemon tries again, or null.</summary>
    public DateTimeOffset? NextTry { get; init; }

    /// <summary>How long the oldest change has waited that a sync would send; null when none waits, or nobody is signed in.</summary>
    public TimeSpan? Lag { get; init; }

    /// <summary>Pictures that wait.</summary>
    public int VisualsPending { get; init; }

    /// <summary>Their bytes.</summary>
    public long VisualBytesPending { get; init; }
}
