namespace CogCommit.Core.Watch;

/// <summary>What is to be done with the cloud now.</summary>
internal enum SyncWork
{
    None,

    /// <summary>Send what waits.</summary>
    Push,

    /// <summary>Bring what is new.</summary>
    Pull,

    /// <summary>Both.</summary>
    Sync,
}
