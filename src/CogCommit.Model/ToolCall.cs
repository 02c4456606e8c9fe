namespace CogCommit;

/// <summary>One call of a tool by the agent, with its result.</summary>
public sealed class ToolCall
{
    /// <summary>The agent's id of the call.</summary>
    public string? ToolUseId { get; init; }

    /// <summary>The tool: <c>Bash</c>, <c>Edit</c>, ...</summary>
    public required string Name { get; init; }

    /// <summary>The input as JSON text.</summary>
    public required string Input { get; init; }

    /// <summary>The result's text, or null when none is known.</summary>
    public string? Result { get; init; }

    /// <summary>True when the tool reported an error.</summary>
    public bool IsError { get; init; }

    /// <summary>The tool's name.</summary>
    public override string ToString() => Name;
}
