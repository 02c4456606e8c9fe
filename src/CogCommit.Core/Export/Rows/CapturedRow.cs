namespace CogCommit.Core.Export.Rows;

/// <summary>What the transcripts say of a commit; merged by (rev, hash).</summary>
internal sealed record CapturedRow
{
    public required string Source { get; init; }

    public string? AgentSessionId { get; init; }

    public string? Project { get; init; }

    public string? Branch { get; init; }

    public string? GitHash { get; init; }

    public required string GitHashes { get; init; }

    public string? GitSubject { get; init; }

    public required string StartedAt { get; init; }

    public required string ClosedAt { get; init; }

    public required string ClosedBy { get; init; }

    public string? ClosedAfter { get; init; }

    public bool Parallel { get; init; }

    public required string FilesRead { get; init; }

    public required string FilesChanged { get; init; }

    public required string DerivedTitle { get; init; }

    public string? MachineId { get; init; }

    public required string Rev { get; init; }

    public string? Hash { get; init; }
}
