using CogCommit.Core.Rows;

namespace CogCommit.Core.Capture;

/// <summary>What kind of line a record is, as far as the rules of capture care.</summary>
public enum RecordKind
{
    /// <summary>Known and of no interest, or unknown.</summary>
    Other,
    User,
    Assistant,
    QueueOperation,
    /// <summary>An attachment of type queued_command.</summary>
    QueuedCommand,
    /// <summary>Progress that ties a tool call to a subagent.</summary>
    AgentProgress,
}

/// <summary>One line of a transcript, reduced to what the rules need. Pure data: made by the parser, eaten by the fold.</summary>
public sealed record TranscriptRecord
{
    public required RecordKind Kind { get; init; }

    public string? Uuid { get; init; }

    public string? SessionId { get; init; }

    public string? AgentId { get; init; }

    public bool IsSidechain { get; init; }

    /// <summary>UTC, cut to whole microseconds; null when the record has none or an unreadable one.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    public string? Cwd { get; init; }

    public string? GitBranch { get; init; }

    // user
    public bool IsMeta { get; init; }

    public bool IsCompactSummary { get; init; }

    /// <summary>The string, or the text blocks joined by a newline, envelopes still in it; null when there is none.</summary>
    public string? Text { get; init; }

    public IReadOnlyList<CapturedImage> Images { get; init; } = [];

    public IReadOnlyList<ToolResult> ToolResults { get; init; } = [];

    // assistant
    public string? MessageId { get; init; }

    public string? Model { get; init; }

    public IReadOnlyList<ToolUse> ToolUses { get; init; } = [];

    public TokenUsage? Usage { get; init; }

    // queue-operation: enqueue, remove, dequeue, popAll. Its content is in Text, as is a queued command's prompt.
    public string? Operation { get; init; }

    public string? Reason { get; init; }

    // agent_progress: AgentId is the subagent, ParentToolUseId the call
    public string? ParentToolUseId { get; init; }

    /// <summary>How many texts or values were replaced because PostgreSQL cannot hold them (rule 13).</summary>
    public int Replaced { get; init; }
}

/// <summary>A tool call as the assistant wrote it; its input is JSON text.</summary>
public sealed record ToolUse(string Id, string Name, string Input);

/// <summary>The result of a tool call.</summary>
/// <param name="ToolUseId">The call it belongs to.</param>
/// <param name="Text">The result's text blocks joined by a newline.</param>
/// <param name="IsError">What the tool said.</param>
public sealed record ToolResult(string ToolUseId, string Text, bool IsError)
{
    /// <summary>toolUseResult.stdout, when the record has it.</summary>
    public string? Stdout { get; init; }

    /// <summary>The subagent this call started (toolUseResult.agentId).</summary>
    public string? AgentId { get; init; }

    /// <summary>The id under which the output of a background call is fetched later.</summary>
    public string? BackgroundId { get; init; }

    /// <summary>The background call whose output this result holds, when the result itself names it.</summary>
    public string? FetchedId { get; init; }

    /// <summary>The file the output was spilled to, as written.</summary>
    public string? SpilledPath { get; init; }

    public IReadOnlyList<CapturedImage> Images { get; init; } = [];
}

/// <summary>An image block: its media type and its base64 text.</summary>
public sealed record CapturedImage(string MediaType, string Base64);
