namespace CogCommit;

/// <summary>What happened while transcripts were watched.</summary>
public enum WatchEventKind
{
    /// <summary>Watching began.</summary>
    Started,

    /// <summary>New turns of an agent session are in the store.</summary>
    Captured,

    /// <summary>Git made a commit, which closed a cognitive commit.</summary>
    CommitClosed,

    /// <summary>An agent session said nothing for the time of the setting session-idle. Nothing is cut by that.</summary>
    SessionEnded,

    /// <summary>The cloud took what waited here.</summary>
    Pushed,

    /// <summary>Something came from other machines.</summary>
    Pulled,

    /// <summary>An edit met one of another machine, and one of the two went to the conflict archive.</summary>
    Conflict,

    /// <summary>The cloud cannot be reached. What waits here goes when it is back.</summary>
    Offline,

    /// <summary>The cloud can be reached again.</summary>
    Online,

    /// <summary>Something went wrong; the message says what to do.</summary>
    Error,

    /// <summary>Other settings, or another user, are in force.</summary>
    SettingsChanged,

    /// <summary>Watching ended.</summary>
    Stopped,
}
