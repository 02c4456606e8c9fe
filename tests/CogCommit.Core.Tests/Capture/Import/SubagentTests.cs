using System.Text.Json.Nodes;
using CogCommit.Core.Capture;

namespace CogCommit.Core.Tests.Capture.Import;

/// <summary>Rule 8 where the files differ: subagents in the main file, beside it, and named late; and outputs that lie in a file of their own.</summary>
public sealed class SubagentTests : IDisposable
{
    private const string A = "aaaaaaaa-0000-4000-8000-000000000001";
    private readonly TranscriptFolder _folder = new();
    private readonly CapturedStore _store = new();

    [Fact]
    public void A_subagent_within_the_main_file_is_a_session_of_its_own()
    {
        var main = Parent();
        foreach (var line in Agent().Lines)
        {
            main.Raw(line);
        }

        main.Answer("all done").Write(_folder.Root);
        Assert.Empty(_store.Import(_folder.Root).BadLines);
        Assert.Equal([$"{A}/x1 | one | 2"], Subagents());
        Assert.Equal(["one", "", "all done"], _store.Query("select t.content from turns t join sessions s on s.id = t.session_id where s.is_subagent = 0 order by t.ordinal"));
    }

    [Fact]
    public void Read_again_from_the_start_it_is_the_same()
    {
        var main = Parent();
        foreach (var line in Agent().Lines)
        {
            main.Raw(line);
        }

        main.Write(_folder.Root);
        _store.Import(_folder.Root);
        var rows = _store.Rows();
        _store.Import(new ImportOptions { Paths = [_folder.Root], Rebuild = true });
        Assert.Equal(rows, _store.Rows());
    }

    [Fact]
    public void Older_releases_wrote_it_beside_the_main_file()
    {
        Parent().Write(_folder.Root);
        File.WriteAllBytes(Path.Combine(_folder.Root, "agent-x1.jsonl"), Agent().Bytes());
        _store.Import(_folder.Root);
        Assert.Equal([$"{A}/x1 | one | 2"], Subagents());
    }

    [Fact]
    public void Housekeeping_within_the_main_file_is_skipped()
    {
        var main = Parent();
        foreach (var line in new TranscriptBuilder(A, agentId: "acompact-1").Prompt("summarise").Answer("short").Lines)
        {
            main.Raw(line);
        }

        main.Write(_folder.Root);
        _store.Import(_folder.Root);
        Assert.Empty(Subagents());
    }

    [Fact]
    public void Named_within_its_commit_it_has_the_revisions_of_a_fresh_import()
    {
        var main = Parent();
        main.Write(_folder.Root);
        Agent().Write(_folder.Root);
        _store.Import(_folder.Root);
        main.Progress("t", "x1").Write(_folder.Root);
        _store.Import(_folder.Root);
        using var fresh = new CapturedStore();
        fresh.Import(_folder.Root);
        Assert.Equal(fresh.Rows(), _store.Rows());
    }

    [Fact]
    public void Named_for_an_earlier_commit_it_moves_there_with_its_files_and_hashes()
    {
        var main = Parent().Commit("1111111", "one").Prompt("two").Answer("ok");
        main.Write(_folder.Root);
        new TranscriptBuilder(A, start: "2026-03-01T12:00:00Z", agentId: "x1").Prompt("look").Touch("Edit", "/home/ann/projects/loom/sub.cs")
            .Commit("7777777", "by the agent").Write(_folder.Root);
        _store.Import(_folder.Root);
        Assert.Equal(["one | [\"1111111\"] | [] | 1", "two | [\"7777777\"] | [\"sub.cs\"] | 2"], Commits());
        main.Progress("t", "x1").Write(_folder.Root);
        _store.Import(_folder.Root);
        Assert.Equal(["one | [\"1111111\",\"7777777\"] | [\"sub.cs\"] | 2", "two | [] | [] | 1"], Commits());
        using var fresh = new CapturedStore();
        fresh.Import(_folder.Root);
        Assert.Equal(fresh.Rows(), _store.Rows());
    }

    [Fact]
    public void A_subagents_commit_does_not_cut()
    {
        Parent().Progress("t", "x1").Answer("go on").Write(_folder.Root);
        new TranscriptBuilder(A, agentId: "x1").Prompt("do it").Commit("7777777", "by the agent").Write(_folder.Root);
        _store.Import(_folder.Root);
        Assert.Equal(["one | [\"7777777\"] | [] | 2"], Commits());
    }

    [Theory]
    [InlineData("persistedOutputPath")]
    [InlineData("text")]
    public void Gits_line_may_stand_in_a_file_of_its_own(string form)
    {
        const string Path = "/home/somebody/.claude/projects/x/tool-results/b1.txt";
        var session = new TranscriptBuilder(A).Prompt("commit it").Bash("t", "git commit -m long");
        session = form == "text"
            ? session.Result("t", $"<persisted-output>\nOutput too large (99KB). Full output saved to: {Path}\n\nPreview:\nmany files")
            : session.Result("t", "many files", toolUseResult: new JsonObject { ["persistedOutputPath"] = Path });
        session.Prompt("next").Write(_folder.Root);
        var folder = Directory.CreateDirectory(System.IO.Path.Combine(_folder.Root, A, "tool-results")).FullName;
        File.WriteAllText(System.IO.Path.Combine(folder, "b1.txt"), "many files\n[main 4444444] long\n 900 files changed\n");
        _store.Import(_folder.Root);
        Assert.Equal(["commit it | [\"4444444\"] | [] | 1", "next | [] | [] | 1"], Commits());
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    private static TranscriptBuilder Parent() => new TranscriptBuilder(A).Prompt("one").Call("t", "Agent", new JsonObject { ["prompt"] = "look" });

    private static TranscriptBuilder Agent() => new TranscriptBuilder(A, start: "2026-03-01T10:05:00Z", agentId: "x1").Prompt("look").Answer("found");

    private List<string> Commits() => _store.Query("select derived_title, git_hashes, files_changed, session_count from cognitive_commits order by started_at");

    private List<string> Subagents() => _store.Query("""
        select s.agent_session_id, c.derived_title, (select count(*) from turns where session_id = s.id)
        from sessions s join cognitive_commits c on c.id = s.commit_id where s.is_subagent = 1
        """);
}
