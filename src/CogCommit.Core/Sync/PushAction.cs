namespace CogCommit.Core.Sync;

/// <summary>What a push does with a commit.</summary>
internal enum PushAction
{
    Push,

    /// <summary>Over the limit, but the cloud has the commit, and takes what the user says of it: that takes no room.</summary>
    PushEdit,
    Filtered,
    OverLimit,
    Error,
    TooLarge,
}
