namespace CogCommit;

/// <summary>The part of one agent session, or subagent, that belongs to one cognitive commit.</summary>
public sealed class Session
{
    /// <summary>UUID of this part.</summary>
    public required string SessionId { get; init; }

    /// <summary>The commit it belongs to.</summary>
    public required string CommitId { get; init; }

    /// <summary>The agent's own session id; for a subagent <c>&lt;parent session id&gt;/&lt;agent id&gt;</c>.</summary>
    public string? AgentSessionId { get; init; }

    /// <summary>True when a subagent held it.</summary>
    public bool IsSubagent { get; init; }

    /// <summary>The time of its first turn.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The time of its last turn.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>EndedAt less StartedAt, in seconds.</summary>
    public double DurationSeconds => (EndedAt - StartedAt).TotalSeconds;

    /// <summary>How many turns it has.</summary>
    public int TurnCount { get; init; }
}
