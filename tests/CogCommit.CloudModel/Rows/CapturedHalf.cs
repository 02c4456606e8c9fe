using CogCommit.CloudModel.Json;

namespace CogCommit.CloudModel.Rows;

/// <summary>The columns of a commit that capture fills. `parallel` is not among them: it is OR-ed over all that ever came.</summary>
internal sealed record CapturedHalf
{
    public string? Source { get; init; }

    public string? AgentSessionId { get; init; }

    public string? Project { get; init; }

    public string? Branch { get; init; }

    public string? GitHash { get; init; }

    public Jsonb? GitHashes { get; init; }

    public string? GitSubject { get; init; }

    public required long StartedAt { get; init; }

    public required long ClosedAt { get; init; }

    public required string ClosedBy { get; init; }

    public string? ClosedAfter { get; init; }

    public Jsonb? FilesRead { get; init; }

    public Jsonb? FilesChanged { get; init; }

    public string? DerivedTitle { get; init; }

    public int TurnCount { get; init; }

    public int PromptCount { get; init; }

    public string? MachineId { get; init; }

    public string Rev { get; init; } = "";

    /// <summary>Null once it is purged.</summary>
    public string? Hash { get; init; }

    public static CapturedHalf Of(Jsonb j) => new()
    {
        Source = j.TextOf("source"),
        AgentSessionId = j.TextOf("agent_session_id"),
        Project = j.TextOf("project"),
        Branch = j.TextOf("branch"),
        GitHash = j.TextOf("git_hash"),
        GitHashes = Field.JsonOf(j["git_hashes"]),
        GitSubject = j.TextOf("git_subject"),
        StartedAt = Field.TimeOf(j["started_at"]),
        ClosedAt = Field.TimeOf(j["closed_at"]),
        ClosedBy = j.TextOf("closed_by")!,
        ClosedAfter = j.TextOf("closed_after"),
        FilesRead = Field.JsonOf(j["files_read"]),
        FilesChanged = Field.JsonOf(j["files_changed"]),
        DerivedTitle = j.TextOf("derived_title"),
        TurnCount = (int)Field.NumberOf(j["turn_count"]),
        PromptCount = (int)Field.NumberOf(j["prompt_count"]),
        MachineId = j.TextOf("machine_id"),
        Rev = j.TextOf("rev")!,
        Hash = j.TextOf("hash"),
    };

    /// <summary>What is left 30 days after deletion. <paramref name="ending"/> is the turn behind which it ended, if no git commit says so.</summary>
    public CapturedHalf Purged(string? ending) => new()
    {
        Source = Source,
        StartedAt = StartedAt,
        ClosedAt = ClosedAt,
        ClosedBy = ClosedBy,
        MachineId = MachineId,
        AgentSessionId = ending is null ? null : AgentSessionId,
        ClosedAfter = ending,
    };
}
