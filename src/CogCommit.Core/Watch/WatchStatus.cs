namespace CogCommit.Core.Watch;

/// <summary>How continuous sync stands, for who does not follow its events.</summary>
public sealed record WatchStatus
{
    public ConnectionState Connection { get; init; }

    /// <summary>When the first of the tries failed that have failed since; null when the last one succeeded.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>How many tries failed since then.</summary>
    public int Failures { get; init; }

    /// <summary>When it is tried again; null where nothing fails, or where time alone mends nothing.</summary>
    public DateTimeOffset? NextTry { get; init; }

    /// <summary>Why it fails, or why it is off, in a sentence.</summary>
    public string? Reason { get; init; }

    /// <summary>The last sync that succeeded, of whichever process.</summary>
    public DateTimeOffset? LastSync { get; init; }
}
