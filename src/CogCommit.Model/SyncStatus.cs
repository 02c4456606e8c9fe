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
}
