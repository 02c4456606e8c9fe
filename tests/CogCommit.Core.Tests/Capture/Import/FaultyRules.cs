using CogCommit.Core.Capture;
using CogCommit.Core.Capture.ClaudeCode;

namespace CogCommit.Core.Tests.Capture.Import;

/// <summary>Rules with a fault of their own: a prompt that says "trap" throws.</summary>
internal sealed class FaultyRules : IAgentRules
{
    private readonly ClaudeCodeRules _rules = new();

    public string Source => _rules.Source;

    public PromptReading ReadPrompt(TranscriptRecord record, bool afterCaveat) =>
        record.Text == "trap" ? throw new FormatException("A fault of the rules.") : _rules.ReadPrompt(record, afterCaveat);

    public string? ReadQueued(string text) => _rules.ReadQueued(text);

    public GitUse ReadGitUse(ToolUse call) => _rules.ReadGitUse(call);

    public IReadOnlyList<CommitLine> ReadGitCommits(string output) => _rules.ReadGitCommits(output);

    public string? ReadFetch(ToolUse call) => _rules.ReadFetch(call);

    public TouchedFile? ReadFile(string tool, string input, string? cwd) => _rules.ReadFile(tool, input, cwd);

    public string? ReadTitle(string text, bool isPrompt) => _rules.ReadTitle(text, isPrompt);

    public bool IsBareCommand(string prompt) => _rules.IsBareCommand(prompt);
}
