namespace CogCommit.Core.Capture;

/// <summary>What differs from agent to agent in the meaning of a record. Pure functions; the fold knows no agent.</summary>
internal interface IAgentRules
{
    /// <summary>The source in the store and on the wire: <c>claude_code</c>, ...</summary>
    string Source { get; }

    /// <summary>What a person wrote in a user record or a queued command (rule 2).</summary>
    /// <param name="afterCaveat">The record before it announced the output of local commands.</param>
    PromptReading ReadPrompt(TranscriptRecord record, bool afterCaveat);

    /// <summary>The same for the text of a queue operation; null when it is no prompt of a person.</summary>
    string? ReadQueued(string text);

    /// <summary>Whether a call runs a command by which git makes commits (rule 5).</summary>
    GitUse ReadGitUse(ToolUse call);

    /// <summary>The lines of an output that prove a commit, in order.</summary>
    IReadOnlyList<CommitLine> ReadGitCommits(string output);

    /// <summary>The id of the background call whose output this call asks for, or null.</summary>
    string? ReadFetch(ToolUse call);

    /// <summary>The file that a call reads or changes when it succeeds (rule 7).</summary>
    TouchedFile? ReadFile(string tool, string input, string? cwd);

    /// <summary>What a text offers as a title: one line, cut; null when it has none.</summary>
    string? ReadTitle(string text, bool isPrompt);

    /// <summary>A slash command without anything else.</summary>
    bool IsBareCommand(string prompt);
}

internal enum GitUse
{
    None,
    Commits,
    Amends,
}

internal readonly record struct PromptReading(string? Text, bool IsCaveat = false, bool IsInterruption = false);
