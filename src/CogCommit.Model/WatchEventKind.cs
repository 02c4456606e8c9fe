namespace CogCommit;

/// <summary>What happened while watching.</summary>
public enum WatchEventKind
{
    /// <summary>Watching began.</summary>
    Started,

    /// <summary>New turns are in the store.</summary>
    Captured,

    /// <summary>A git commit closed a commit.</summary>
    CommitClosed,

    /// <summary>A session was idle long enough.</summary>
    SessionEnded,

    /// <summary>Something went to the cloud.</summary>
    Pushed,

    /// <summary>Something came from the cloud.</summary>
    Pulled,

    /// <summary>An edit met another machine's.</summary>
    Conflict,

    /// <summary>The cloud cannot be reached.</summary>
    Offline,

    /// <summary>It can be reached again.</summary>
    Online,

    /// <summary>Something went wrong; watching goes on.</summary>
    Error,

    /// <summary>Settings were changed and taken over.</summary>
    SettingsChanged,

    /// <summary>Watching ended.</summary>
    Stopped,
}
