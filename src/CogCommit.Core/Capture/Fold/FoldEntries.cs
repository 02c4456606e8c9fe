using CogCommit.Core.Rows;

namespace CogCommit.Core.Capture.Fold;

/// <summary>A message of the agent: its first record, and the turn it became, if it became one.</summary>
internal sealed record MessageEntry(string Id, string Uuid, DateTimeOffset Time)
{
    public int? Ordinal { get; init; }

    public TokenUsage? Usage { get; init; }
}

/// <summary>Where a tool call stands.</summary>
internal sealed record CallEntry(string Id, int Ordinal, GitUse Git)
{
    /// <summary>The id under which its output can be fetched later.</summary>
    public string? BackgroundId { get; init; }

    /// <summary>The background call whose output it asks for.</summary>
    public string? Fetches { get; init; }
}

/// <summary>A line of git's output that proves a commit.</summary>
/// <param name="Number">In the order of the file.</param>
/// <param name="Ordinal">Of the turn whose call made the commit.</param>
/// <param name="Position">The last turn when the line came.</param>
/// <param name="Record">How many records were folded then.</param>
internal sealed record Closing(
    int Number, string CallId, int Ordinal, int Position, string Hash, string Subject, bool Amends, DateTimeOffset Time, long Record);

/// <summary>The call that started a subagent, known since a record.</summary>
internal sealed record AgentEntry(string AgentId, int Ordinal, long Record);

/// <summary>A picture in a prompt or a tool result.</summary>
internal sealed record ImageEntry(int Number, string TurnId, CapturedImage Image, DateTimeOffset Time);
