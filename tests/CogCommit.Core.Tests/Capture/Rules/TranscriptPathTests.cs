using CogCommit.Core.Capture.ClaudeCode;

namespace CogCommit.Core.Tests.Capture.Rules;

/// <summary>Rule 8, as far as paths tell, and where transcripts lie.</summary>
public class TranscriptPathTests
{
    private const string Id = "258c7280-ae70-4798-800f-63464d01a85d";

    [Theory]
    [InlineData($"/p/-home-x/{Id}.jsonl", TranscriptKind.Main, Id, null)]
    [InlineData($@"C:\p\C--src-x\{Id}.jsonl", TranscriptKind.Main, Id, null)]
    [InlineData("session.jsonl", TranscriptKind.Main, "session", null)]
    [InlineData($"/p/x/{Id}/subagents/agent-a881341.jsonl", TranscriptKind.Subagent, Id, "a881341")]
    [InlineData($"/p/x/{Id}/subagents/workflows/wf-1/agent-a1.jsonl", TranscriptKind.Subagent, Id, "a1")]
    [InlineData("/p/x/agent-a881341.jsonl", TranscriptKind.Subagent, null, "a881341")]
    [InlineData($"/p/x/{Id}/subagents/agent-acompact-fffbd0.jsonl", TranscriptKind.Housekeeping, Id, "acompact-fffbd0")]
    [InlineData("/p/x/agent-aprompt_suggestion-1.jsonl", TranscriptKind.Housekeeping, null, "aprompt_suggestion-1")]
    [InlineData($"/p/x/{Id}/subagents/workflows/wf-1/journal.jsonl", TranscriptKind.Housekeeping, Id, null)]
    [InlineData($"/p/x/{Id}/subagents/agent-a1.meta.json", TranscriptKind.Other, null, null)]
    [InlineData($"/p/x/{Id}/tool-results/b1.jsonl", TranscriptKind.Other, null, null)]
    [InlineData("/p/x/sessions-index.json", TranscriptKind.Other, null, null)]
    [InlineData("/p/history.jsonl", TranscriptKind.Other, null, null)]
    [InlineData("/p/.jsonl", TranscriptKind.Other, null, null)]
    [InlineData("", TranscriptKind.Other, null, null)]
    internal void A_path_tells_what_a_file_is(string path, TranscriptKind kind, string? session, string? agent) =>
        Assert.Equal(new TranscriptPath(kind, session, agent), TranscriptPath.Of(path));

    [Fact]
    public void A_subagents_key_is_its_parents_and_its_own() => Assert.Equal("s/a1", TranscriptPath.KeyOf("s", "a1"));

    [Fact]
    public void The_default_folders_are_those_of_the_user_and_those_that_are_named()
    {
        var environment = new Dictionary<string, string> { ["CLAUDE_CONFIG_DIR"] = " /a , ~/b/,, /h/.claude " };

        Assert.Equal(
            ["/a/projects", "/h/b/projects", "/h/.claude/projects", "/h/.config/claude/projects"],
            TranscriptFolders.Default(environment.GetValueOrDefault, "/h").Select(folder => folder.Replace('\\', '/')));
        Assert.Equal(
            ["/h/.claude/projects", "/xdg/claude/projects"],
            TranscriptFolders.Default(name => name == "XDG_CONFIG_HOME" ? "/xdg" : null, "/h").Select(folder => folder.Replace('\\', '/')));
    }

    [Theory]
    [InlineData($"/p/x/{Id}.jsonl", $"/home/u/.claude/projects/x/{Id}/tool-results/b1.txt", $"/p/x/{Id}/tool-results/b1.txt")]
    [InlineData($"/p/x/{Id}.jsonl", $@"C:\Users\u\x\{Id}\tool-results\b1.txt", $"/p/x/{Id}/tool-results/b1.txt")]
    [InlineData($"/p/x/{Id}/subagents/agent-a.jsonl", $"/q/{Id}/tool-results/b1.txt", $"/p/x/{Id}/tool-results/b1.txt")]
    [InlineData($"/p/x/{Id}.jsonl", "/q/00000000-0000-0000-0000-000000000001/tool-results/b1.txt", $"/p/x/{Id}/tool-results/b1.txt", "/p/x/00000000-0000-0000-0000-000000000001/tool-results/b1.txt")]
    [InlineData($"/p/x/{Id}.jsonl", "/etc/passwd")]
    [InlineData($"/p/x/{Id}.jsonl", "/q/tool-results/../../../etc/passwd")]
    [InlineData($"/p/x/{Id}.jsonl", @"C:\q\tool-results\C:\secret.txt")]
    [InlineData($"/p/x/{Id}.jsonl", "/q/tool-results/b1.txt:stream")]
    [InlineData($"/p/x/{Id}.jsonl", "/q/tool-results/")]
    [InlineData($"/p/x/{Id}.jsonl", "../tool-results//etc/passwd")]
    public void Spilled_output_is_looked_for_beside_its_transcript_alone(string transcript, string written, params string[] paths)
    {
        var root = Path.GetPathRoot(Path.GetFullPath("/"))!;
        Assert.Equal(
            paths.Select(path => Path.Combine(root, path[1..].Replace('/', Path.DirectorySeparatorChar))),
            SpilledOutput.Candidates(transcript, Id, written));
    }
}
