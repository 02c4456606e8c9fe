namespace CogCommit.Core.Rows;

/// <summary>
/// What of a commit comes from the transcripts and is the same on every machine. Project and machine are not in it (rule 10), nor is
/// <c>parallel</c> (it depends on which sessions a machine holds), nor the totals (they follow from the turns).
/// </summary>
internal sealed record CapturedCommit
{
    public required string Id { get; init; }

    public required string Source { get; init; }

    public string? AgentSessionId { get; init; }

    public string? Branch { get; init; }

    public string? GitHash { get; init; }

    public IReadOnlyCollection<string> GitHashes { get; init; } = [];

    public string? GitSubject { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset ClosedAt { get; init; }

    public required string ClosedBy { get; init; }

    public string? ClosedAfter { get; init; }

    public IReadOnlyCollection<string> FilesRead { get; init; } = [];

    public IReadOnlyCollection<string> FilesChanged { get; init; } = [];

    public string DerivedTitle { get; init; } = "";
}

internal sealed record CapturedSession
{
    public required string Id { get; init; }

    public required string CommitId { get; init; }

    public string? AgentSessionId { get; init; }

    public bool IsSubagent { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }
}

internal sealed record CapturedTurn
{
    public required string Id { get; init; }

    public required string SessionId { get; init; }

    public int Ordinal { get; init; }

    public required string Role { get; init; }

    public string? Content { get; init; }

    public required DateTimeOffset Timestamp { get; init; }

    public string? Model { get; init; }

    public IReadOnlyCollection<ToolCall> ToolCalls { get; init; } = [];

    public bool Interrupted { get; init; }

    public TokenUsage? Usage { get; init; }

    public bool TriggersVisual { get; init; }
}

/// <summary>A visual without its path, which is of one machine, and its place in the cloud.</summary>
internal sealed record CapturedVisual
{
    public required string Id { get; init; }

    public required string CommitId { get; init; }

    public string? TurnId { get; init; }

    public required string Type { get; init; }

    public string? Mime { get; init; }

    public string? ContentHash { get; init; }

    public long ByteSize { get; init; }

    public required DateTimeOffset CapturedAt { get; init; }

    public string? Caption { get; init; }

    /// <summary>The user removed it. What he says of a picture stands in one row with what was captured.</summary>
    public DateTimeOffset? DeletedAt { get; init; }
}
