namespace CogCommit.Core.Rows;

/// <summary>A session as it travels.</summary>
internal sealed record SessionRow
{
    public required string Id { get; init; }

    public required string CommitId { get; init; }

    public string? AgentSessionId { get; init; }

    public bool IsSubagent { get; init; }

    public required string StartedAt { get; init; }

    public required string EndedAt { get; init; }

    public required string Rev { get; init; }

    public required string Hash { get; init; }
}
