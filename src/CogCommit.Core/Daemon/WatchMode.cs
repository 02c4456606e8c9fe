namespace CogCommit.Core.Daemon;

/// <summary>Who watches.</summary>
public enum WatchMode
{
    /// <summary>A Watch-CogCommit in somebody's session: what happens goes to the pipeline.</summary>
    Foreground,

    /// <summary>A process of its own, or a service: what happens goes to the log.</summary>
    Daemon,
}
