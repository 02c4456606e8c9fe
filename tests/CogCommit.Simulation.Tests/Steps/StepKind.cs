namespace CogCommit.Simulation.Tests.Steps;

/// <summary>What may happen in the simulated world.</summary>
internal enum StepKind
{
    /// <summary>A transcript grows, and is imported.</summary>
    Grow,

    /// <summary>A transcript grows; the import comes later.</summary>
    GrowSilently,
    Import,

    /// <summary>A title of its own.</summary>
    Rename,
    Hide,
    MoveToProject,
    Delete,

    /// <summary>Restore-CogCommit: takes a deletion back.</summary>
    Undelete,

    /// <summary>Close-CogCommit: an explicit boundary.</summary>
    Close,
    Prune,
    PruneByForce,

    /// <summary>Receive-CogCommit -CommitId: lifts what was pruned.</summary>
    Fetch,
    KeepLost,
    KeepWon,

    Push,
    Pull,
    Sync,
    Verify,
    PullAnew,
    PushAll,

    Wait,
    WaitMonth,
    WaitFortyDays,
    SetClockWrong,

    NewDevice,
    BackUpStore,
    RestoreStore,
    BackUpCloud,
    RestoreCloud,
    LowerQuota,
    LiftQuota,

    /// <summary>Something happens to one of the next requests.</summary>
    Fault,

    /// <summary>The process dies at one of the next places.</summary>
    Crash,

    /// <summary>Another device, or another process of this one, does something while a request is under way.</summary>
    Meanwhile,
    SignIn,
    SmallPages,
    Deliver,
}
