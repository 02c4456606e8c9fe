namespace CogCommit.Core.Sync;

/// <summary>What a push takes along. Empty lists choose everything.</summary>
public sealed record PushOptions
{
    public IReadOnlyList<string> CommitIds { get; init; } = [];

    /// <summary>Project names, wildcards allowed, case-insensitive.</summary>
    public IReadOnlyList<string> Projects { get; init; } = [];

    /// <summary>Sends what was chosen again, also what the cloud has confirmed, and makes a store of another user's anew this user's.</summary>
    public bool Force { get; init; }

    /// <summary>Tries again what was refused, too large, or over the limit.</summary>
    public bool Retry { get; init; }

    /// <summary>Where another device pushed in between, brings that too.</summary>
    public bool PullsWhenBehind { get; init; }
}
