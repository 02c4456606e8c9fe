namespace CogCommit.Core.Capture.ClaudeCode;

/// <summary>The rules of Claude Code, as the fold asks for them.</summary>
internal sealed class ClaudeCodeRules : IAgentRules
{
    public string Source => "claude_code";

    public PromptReading ReadPrompt(TranscriptRecord record, bool afterCaveat)
    {
        if (record.Text is not { } text)
        {
            return default;
        }

        // The caveat itself is a meta record.
        var parts = PromptText.Read(text, afterCaveat);
        return record.IsMeta || record.IsCompactSummary
            ? new PromptReading(null, parts.IsCaveat)
            : new PromptReading(parts.Prompt, parts.IsCaveat, parts.IsInterruption);
    }

    public string? ReadQueued(string text) => PromptText.Read(text).Prompt;

    public GitUse ReadGitUse(ToolUse call)
    {
        var runs = GitCommitEvidence.Runs(call.Name, call.Input);
        return runs.Count == 0 ? GitUse.None : runs.Any(run => run.Amends) ? GitUse.Amends : GitUse.Commits;
    }

    public IReadOnlyList<CommitLine> ReadGitCommits(string output) => GitCommitEvidence.Lines(output);

    // A call that makes commits itself is its own: what else it prints does not change whose they are.
    public string? ReadFetch(ToolUse call) => ReadGitUse(call) == GitUse.None ? ShellTools.Fetches(call.Name, call.Input) : null;

    public TouchedFile? ReadFile(string tool, string input, string? cwd) => TouchedFiles.Of(tool, input, isError: false, cwd);

    public string? ReadTitle(string text, bool isPrompt) => CommitTitle.Shorten(isPrompt ? text : CommitTitle.FirstLine(text));

    public bool IsBareCommand(string prompt) => PromptText.IsBareSlashCommand(prompt);
}
