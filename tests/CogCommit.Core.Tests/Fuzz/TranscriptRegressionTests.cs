using System.Text.Json.Nodes;
using CogCommit.Core.Capture.ClaudeCode;
using CogCommit.Core.Tests.Capture.Import;

namespace CogCommit.Core.Tests.Fuzz;

/// <summary>What fuzzing transcripts found, each by its name.</summary>
public sealed class TranscriptRegressionTests : IDisposable
{
    private const string A = "aaaaaaaa-0000-4000-8000-000000000001";

    private readonly TranscriptFolder _folder = new();
    private readonly CapturedStore _store = new();

    private static string Long(int length) => new('x', length);

    [Fact]
    public void A_project_branch_or_model_longer_than_the_cloud_takes_is_cut_so_that_its_commit_can_be_pushed()
    {
        var session = new TranscriptBuilder(A, cwd: "/home/ann/" + Long(5_000)) { Branch = Long(5_000) };
        session.Prompt("go").Raw(Line("assistant", 1, $$"""{"id":"m","model":"{{Long(5_000)}}","content":"hi"}""")).Bash("t", "git commit").Result("t", $"[main 1234567] {Long(50_000)}").Write(_folder.Root);

        _store.Import(_folder.Root);

        StoreLaws.CanBePushed(_store.Store);
        Assert.Equal(["300 | 2000 | 10000 | 1234567"], _store.Query("select length(project_name), length(branch), length(git_subject), git_hash from cognitive_commits"));
        Assert.Equal(["300"], _store.Query("select max(length(model)) from turns"));
    }

    [Fact]
    public void A_count_of_tokens_that_nobody_ever_used_is_none_and_no_sum_overflows()
    {
        new TranscriptBuilder(A).Prompt("go").Answer("a", output: long.MaxValue).Answer("b", output: long.MaxValue).Answer("c", output: 7).Write(_folder.Root);

        _store.Import(_folder.Root);

        StoreLaws.CanBePushed(_store.Store);
        Assert.Equal(["7"], _store.Query("select output_tokens from cognitive_commits"));
    }

    [Fact]
    public void A_subagent_of_a_name_without_end_is_still_one_and_its_session_can_be_pushed()
    {
        var agent = Long(5_000);
        new TranscriptBuilder(A).Prompt("go").Call("t", "Agent", new JsonObject()).Progress("t", agent).Raw(
            Line("user", 2, "{\"content\":\"task\"}").Replace("{\"type\"", $"{{\"isSidechain\":true,\"agentId\":\"{agent}\",\"type\"", StringComparison.Ordinal)).Write(_folder.Root);

        _store.Import(_folder.Root);

        StoreLaws.CanBePushed(_store.Store);
        Assert.Equal([$"{A}/{Long(200)} | 1"], _store.Query("select agent_session_id, is_subagent from sessions where is_subagent"));
    }

    [Fact]
    public void What_is_broken_in_a_transcript_without_any_time_is_told_and_the_rest_waits_for_one()
    {
        new TranscriptBuilder(A).Raw("{ no json").Raw("""{"type":"user","uuid":"99999999-0000-4000-8000-000000000001","message":{"content":"go"}}""").Write(_folder.Root);

        var result = _store.Import(_folder.Root);
        Assert.Equal(1, Assert.Single(result.BadLines).Line);
        Assert.Empty(_store.Query("select id from turns"));

        new TranscriptBuilder(A).Raw("{ no json").Raw("""{"type":"user","uuid":"99999999-0000-4000-8000-000000000001","message":{"content":"go"}}""").Answer("ok").Write(_folder.Root);
        Assert.Equal(1, Assert.Single(_store.Import(_folder.Root).BadLines).Line);
        Assert.Equal(["go | 2026-03-01T10:00:10.000000Z", "ok | 2026-03-01T10:00:10.000000Z"], _store.Query("select content, timestamp from turns order by ordinal"));
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(1_000, false)]
    public void Envelopes_in_envelopes_without_end_are_not_unwrapped_forever(int levels, bool unwrapped)
    {
        const string Empty = "<bash-stdout></bash-stdout>";
        var text = Empty;
        for (var i = 0; i < levels; i++)
        {
            // Without what is in it, it is an empty one again.
            text = $"<bash-std{text}out></bash-stdout>";
        }

        Assert.Equal(unwrapped, Envelopes.Remove(text).Length == 0);
    }

    [Theory]
    [InlineData(1_900, true)]
    [InlineData(3_000, false)]
    public void A_branch_longer_than_any_proves_no_commit_so_that_brackets_are_not_counted_forever(int length, bool proves) =>
        Assert.Equal(proves ? 1 : 0, GitCommitEvidence.Lines($"[{Long(length)} 1234567] done").Count);

    [Theory]
    [InlineData(900, 1)]
    [InlineData(2_000, 0)]
    public void Arithmetic_longer_than_any_is_none_so_that_no_script_is_read_to_its_end_for_each_bracket(int length, int commits) =>
        Assert.Equal(commits, GitCommitEvidence.Runs("Bash", $$"""{"command":"(( 1 << {{Long(length)}} ))\ngit commit -m x"}""").Count);

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    private static string Line(string type, int n, string message) =>
        $$"""{"type":"{{type}}","uuid":"99999999-0000-4000-8000-00000000000{{n}}","timestamp":"2026-03-01T10:00:59Z","message":{{message}}}""";
}
