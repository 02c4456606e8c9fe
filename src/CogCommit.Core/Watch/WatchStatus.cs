namespace CogCommit.Core.Watch;

/// <summary>How watching stands to the cloud.</summary>
public sealed record WatchStatus
{
    public ConnectionState Connection { get; init; }

    /// <summary>Since when nothing got through; null when it does.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>How often it was tried since then.</summary>
    public int Failures { get; init; }

    public DateTimeOffset? NextTry { get; init; }

    /// <summary>Why, for people.</summary>
    public string? Reason { get; init; }

    public DateTimeOffset? LastSync { get; init; }
}
