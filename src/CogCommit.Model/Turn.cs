namespace CogCommit;

/// <summary>One prompt, or one assistant message with its tool calls and their results.</summary>
public sealed class Turn
{
    private readonly ToolCallList _calls = ToolCallList.Empty;

    /// <summary>UUID of the turn.</summary>
    public required string TurnId { get; init; }

    /// <summary>The session it belongs to.</summary>
    public required string SessionId { get; init; }

    /// <summary>The commit it belongs to.</summary>
    public required string CommitId { get; init; }

    /// <summary>Position in its agent session, from 0.</summary>
    public int Ordinal { get; init; }

    /// <summary><c>user</c> or <c>assistant</c>.</summary>
    public required string Role { get; init; }

    /// <summary>The text; empty when the turn is tool calls alone.</summary>
    public required string Content { get; init; }

    /// <summary>When it was written, in whole microseconds.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The model that answered, or null.</summary>
    public string? Model { get; init; }

    /// <summary>The tools the answer called, in order.</summary>
    public IReadOnlyList<ToolCall> ToolCalls
    {
        get => _calls;
        init => _calls = value as ToolCallList ?? new ToolCallList([.. value]);
    }

    /// <summary>True when the user interrupted this answer.</summary>
    public bool Interrupted { get; init; }

    /// <summary>True when a subagent's session holds it; its user turns are no prompts of a person.</summary>
    public bool IsSubagent { get; init; }

    /// <summary>Input tokens, without cache reads and writes; null when the transcript names none.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Output tokens; null when the transcript names none.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>Role and the content.</summary>
    public override string ToString() => $"{Role}: {Content}";
}
