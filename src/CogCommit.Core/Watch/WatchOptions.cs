namespace CogCommit.Core.Watch;

/// <summary>What is watched, and how far that goes.</summary>
public sealed record WatchOptions
{
    /// <summary>Folders and transcripts; empty: the agents' own folders, whether they are there yet or not.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Captures only, whatever the settings say.</summary>
    public bool NoSync { get; init; }

    /// <summary>The process is there for this alone: what memory a busy time needed is given back to the system a minute after it.</summary>
    public bool OwnsProcess { get; init; }
}
