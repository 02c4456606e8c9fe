using CogCommit.CloudModel.Json;

namespace CogCommit.CloudModel.Rows;

/// <summary>A row of sessions. It stays with its commit.</summary>
internal sealed class ModelSession
{
    private WireBytes wire;

    public required string Id { get; init; }

    public required string CommitId { get; init; }

    public required long Seq { get; init; }

    public string? AgentSessionId { get; init; }

    public bool IsSubagent { get; init; }

    public required long StartedAt { get; init; }

    public required long EndedAt { get; init; }

    public required string Rev { get; init; }

    public required string Hash { get; init; }

    public ReadOnlySpan<byte> Wire => wire.Of(this, static (to, row) => WireRows.Write(to, row));

    public static ModelSession Of(Jsonb j, string id, string commitId, long seq) => new()
    {
        Id = id,
        CommitId = commitId,
        Seq = seq,
        AgentSessionId = j.TextOf("agent_session_id"),
        IsSubagent = Field.FlagOf(j["is_subagent"]),
        StartedAt = Field.TimeOf(j["started_at"]),
        EndedAt = Field.TimeOf(j["ended_at"]),
        Rev = j.TextOf("rev")!,
        Hash = j.TextOf("hash")!,
    };
}
