namespace CogCommit.Core.Capture.ClaudeCode;

/// <summary>What a file among the transcripts is.</summary>
internal enum TranscriptKind
{
    /// <summary>No transcript: a sidecar, spilled output.</summary>
    Other,
    Main,
    Subagent,

    /// <summary>Of an agent that works for the program itself, not for the user, or a workflow's journal (rule 8).</summary>
    Housekeeping,
}

/// <summary>What a file's path says of it (rule 8). The file is not opened.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="SessionId">The main session; null for a subagent in the older layout, whose records name it.</param>
/// <param name="AgentId">The subagent.</param>
internal readonly record struct TranscriptPath(TranscriptKind Kind, string? SessionId = null, string? AgentId = null)
{
    private const string Extension = ".jsonl";
    private const string AgentPrefix = "agent-";

    public static TranscriptPath Of(string path)
    {
        var parts = path.Split('/', '\\');
        var name = parts[^1];
        if (!name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) || name.Length == Extension.Length || Array.IndexOf(parts, "tool-results") is >= 0 and var spilled && spilled < parts.Length - 1)
        {
            return default;
        }

        var stem = name[..^Extension.Length];
        var subagents = Array.LastIndexOf(parts, "subagents");
        if (!stem.StartsWith(AgentPrefix, StringComparison.Ordinal) || stem.Length == AgentPrefix.Length)
        {
            // Workflows keep their journals among the subagents; the history of prompts lies beside the projects.
            return subagents >= 0 ? new TranscriptPath(TranscriptKind.Housekeeping, SessionAbove(parts, subagents))
                : stem == "history" ? default
                : new TranscriptPath(TranscriptKind.Main, stem);
        }

        var agent = stem[AgentPrefix.Length..];
        return new TranscriptPath(IsHousekeeping(agent) ? TranscriptKind.Housekeeping : TranscriptKind.Subagent, SessionAbove(parts, subagents), agent);
    }

    /// <summary>An agent that compacts the conversation or suggests prompts.</summary>
    public static bool IsHousekeeping(string agentId) =>
        agentId.StartsWith("acompact", StringComparison.Ordinal) || agentId.StartsWith("aprompt_suggestion", StringComparison.Ordinal);

    /// <summary>The key of a subagent's session.</summary>
    public static string KeyOf(string parentSessionId, string agentId) => $"{parentSessionId}/{agentId}";

    private static string? SessionAbove(string[] parts, int subagents) =>
        subagents > 0 && parts[subagents - 1].Length > 0 ? parts[subagents - 1] : null;
}
