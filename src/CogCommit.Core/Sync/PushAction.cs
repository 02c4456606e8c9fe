namespace CogCommit.Core.Sync;

/// <summary>What a push does with a commit.</summary>
internal enum PushAction
{
    Push,
    Filtered,
    OverLimit,
    Error,
    TooLarge,
}
