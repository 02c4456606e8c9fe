namespace CogCommit;

/// <summary>Something that happened while watching.</summary>
public sealed class WatchEvent
{
    /// <summary>What happened.</summary>
    public WatchEventKind Kind { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>One line for people.</summary>
    public required string Message { get; init; }

    /// <summary>The project it is about, or null.</summary>
    public string? Project { get; init; }

    /// <summary>The agent's session it is about, or null.</summary>
    public string? AgentSessionId { get; init; }

    /// <summary>The commit it is about, or null.</summary>
    public string? CommitId { get; init; }

    /// <summary>That commit's title.</summary>
    public string? Title { get; init; }

    /// <summary>The git commit that closed it.</summary>
    public string? GitHash { get; init; }

    /// <summary>How many commits, or null.</summary>
    public int? Commits { get; init; }

    /// <summary>How many turns, or null.</summary>
    public int? Turns { get; init; }

    /// <summary>Of an error.</summary>
    public string? ErrorId { get; init; }

    /// <summary>When it is tried again.</summary>
    public DateTimeOffset? NextTry { get; init; }
}
