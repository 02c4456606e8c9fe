namespace CogCommit.Core.Sync;

public sealed record SyncOptions
{
    /// <summary>Compares both sides commit by commit afterwards, and repairs what differs.</summary>
    public bool Verify { get; init; }
}
