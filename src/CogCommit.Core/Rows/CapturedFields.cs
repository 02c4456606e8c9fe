namespace CogCommit.Core.Rows;

/// <summary>The half of a commit that the transcripts say. Times are the store's text; lists are JSON arrays, carried as they are.</summary>
internal sealed record CapturedFields
{
    public string? AgentSessionId { get; init; }

    public required string Source { get; init; }

    public string? Project { get; init; }

    public string? Branch { get; init; }

    public string? GitHash { get; init; }

    public string GitHashes { get; init; } = "[]";

    public string? GitSubject { get; init; }

    public required string StartedAt { get; init; }

    public required string ClosedAt { get; init; }

    public required string ClosedBy { get; init; }

    public string? ClosedAfter { get; init; }

    public bool Parallel { get; init; }

    public string FilesRead { get; init; } = "[]";

    public string FilesChanged { get; init; } = "[]";

    public string DerivedTitle { get; init; } = "";

    public int TurnCount { get; init; }

    public int PromptCount { get; init; }

    /// <summary>Of its turns, so that the cloud can tell from the first row whether the whole will fit. Only sent.</summary>
    public long Bytes { get; init; }

    public string? MachineId { get; init; }

    public required string Rev { get; init; }

    public required string Hash { get; init; }
}
