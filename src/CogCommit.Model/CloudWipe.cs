namespace CogCommit;

/// <summary>What was wiped from the cloud (<c>Clear-CogCommitCloud</c>).</summary>
public sealed class CloudWipe
{
    /// <summary>Commits that were there, deleted ones not counted.</summary>
    public int Commits { get; init; }

    /// <summary>Machines they came from.</summary>
    public int Machines { get; init; }

    /// <summary>Bytes that they took of the quota.</summary>
    public long Bytes { get; init; }

    /// <summary>When the cloud was wiped; null when there was never anything in it.</summary>
    public DateTimeOffset? WipedAt { get; init; }
}
