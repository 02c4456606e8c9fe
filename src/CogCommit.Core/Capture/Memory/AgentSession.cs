namespace CogCommit.Core.Capture.Memory;

/// <summary>An agent session or a subagent's, as capture remembers it.</summary>
internal sealed record AgentSession
{
    public required long Row { get; init; }

    /// <summary>The agent's session id; of a subagent <c>parent/agent</c>.</summary>
    public required string Key { get; init; }

    public long? Parent { get; init; }

    public required string Source { get; init; }

    public string? ProjectName { get; init; }

    public string? Cwd { get; init; }

    /// <summary>Time of its first record.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public long Records { get; init; }

    public int Replayed { get; init; }

    public string State { get; init; } = "{}";

    public string AgentId => Key[(Key.IndexOf('/', StringComparison.Ordinal) + 1)..];
}
