using System.Text.RegularExpressions;

namespace CogCommit.Core.Capture.ClaudeCode;

/// <summary>The rules of Claude Code, as the fold asks for them.</summary>
internal sealed partial class ClaudeCodeRules : IAgentRules
{
    public string Source => "claude_code";

    public PromptReading ReadPrompt(TranscriptRecord record, bool afterCaveat)
    {
        if (record.Text is not { } text) return default;
        if (text.StartsWith("<local-command-caveat>", StringComparison.Ordinal)) return new PromptReading(null, IsCaveat: true);
        if (record.IsMeta || record.IsCompactSummary) return default;
        if (text.StartsWith("[Request interrupted", StringComparison.Ordinal)) return new PromptReading(null, IsInterruption: true);
        if (text.StartsWith('<')) return default;
        return new PromptReading(text);
    }

    public string? ReadQueued(string text) => text.StartsWith("<task-notification>", StringComparison.Ordinal) ? null : text;

    public GitUse ReadGitUse(ToolUse call) =>
        call.Name == "Bash" && call.Input.Contains("git commit", StringComparison.Ordinal) ? GitUse.Commits : GitUse.None;

    public IReadOnlyList<GitCommitLine> ReadGitCommits(string output) =>
        [.. Line().Matches(output).Select(m => new GitCommitLine(m.Groups[1].Value, m.Groups[2].Value))];

    public string? ReadFetch(ToolUse call) => null;

    public IReadOnlyList<FileTouch> ReadFiles(string tool, string input, string? cwd) => [];

    public string? ReadTitle(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Split('\n')[0];

    public bool IsBareCommand(string prompt) => prompt.StartsWith('/') && !prompt.Contains(' ', StringComparison.Ordinal);

    [GeneratedRegex(@"^\[.+ ([0-9a-f]{7,64})\] (.*)$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
