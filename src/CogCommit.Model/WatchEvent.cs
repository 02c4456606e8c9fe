namespace CogCommit;

/// <summary>Something that happened while transcripts were watched. What does not apply to its kind is null.</summary>
public sealed class WatchEvent
{
    /// <summary>What happened.</summary>
    public required WatchEventKind Kind { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The same for people, in one line. It holds nothing that a transcript says.</summary>
    public required string Message { get; init; }

    /// <summary>The project it happened in.</summary>
    public string? Project { get; init; }

    /// <summary>The agent session that said something, or nothing more.</summary>
    public string? AgentSessionId { get; init; }

    /// <summary>The commit: of several the latest. Binds to Get-CogCommit.</summary>
    public string? CommitId { get; init; }

    /// <summary>That commit's title.</summary>
    public string? Title { get; init; }

    /// <summary>The git commit that closed it.</summary>
    public string? GitHash { get; init; }

    /// <summary>How many commits were captured, sent or received.</summary>
    public int? Commits { get; init; }

    /// <summary>How many turns were captured, sent or received.</summary>
    public int? Turns { get; init; }

    /// <summary>The error's id, as an error record has it.</summary>
    public string? ErrorId { get; init; }

    /// <summary>When what failed is tried again.</summary>
    public DateTimeOffset? NextTry { get; init; }
}
