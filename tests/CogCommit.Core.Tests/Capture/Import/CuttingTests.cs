using System.Text.Json.Nodes;
using CogCommit.Testing;

namespace CogCommit.Core.Tests.Capture.Import;

/// <summary>Rules 2 to 8: from the records of one session to its commits.</summary>
public sealed class CuttingTests : IDisposable
{
    private const string A = "aaaaaaaa-0000-4000-8000-000000000001";
    private readonly TranscriptFolder _folder = new();
    private readonly CapturedStore _store = new();

    [Fact]
    public void The_closing_call_belongs_to_the_commit_it_closes_and_the_next_turn_opens_the_next()
    {
        Import(Session().Prompt("add a retry").Answer("sure").Commit("1234567", "Add a retry").Prompt("now the docs").Answer("done"));
        Assert.Equal(
            ["add a retry | git_commit | 1234567 | Add a retry | 3", "now the docs | session_end |  |  | 2"],
            Commits("derived_title, closed_by, git_hash, git_subject, turn_count"));
    }

    [Fact]
    public void Several_commits_in_one_call_close_once_with_the_last_hash()
    {
        Import(Session().Prompt("split it").Bash("t", "git commit -m a && git commit -m b").Result("t", "[main 1111111] a\n[main 2222222] b").Answer("both in"));
        Assert.Equal(["2222222 | [\"1111111\",\"2222222\"] | git_commit", " | [] | session_end"], Commits("git_hash, git_hashes, closed_by"));
    }

    [Fact]
    public void The_output_of_a_background_call_counts_when_it_is_fetched()
    {
        Import(Session().Prompt("commit it")
            .Bash("t", "git commit -m slow").Result("t", "running", toolUseResult: new JsonObject { ["backgroundTaskId"] = "b1" })
            .Answer("waiting")
            .Call("f", "BashOutput", new JsonObject { ["bash_id"] = "b1" }).Result("f", "[main 3333333] slow")
            .Prompt("next"));
        Assert.Equal(["3333333 | 4", " | 1"], Commits("git_hash, turn_count"));
    }

    [Fact]
    public void A_late_result_of_a_closed_commit_opens_and_closes_nothing()
    {
        Import(Session().Prompt("both").Bash("t1", "git commit -m a").Bash("t2", "git commit -m b")
            .Result("t1", "[main 1111111] a").Prompt("go on").Result("t2", "[main 2222222] b").Answer("ok"));
        Assert.Equal(["both | 2222222 | [\"1111111\",\"2222222\"]", "go on |  | []"], Commits("derived_title, git_hash, git_hashes"));
    }

    [Fact]
    public void An_amended_commit_knows_the_new_hash()
    {
        Import(Session().Prompt("one").Commit("1111111", "one").Prompt("better").Bash("t", "git commit --amend --no-edit").Result("t", "[main 2222222] one"));
        Assert.Equal(["1111111 | [\"1111111\",\"2222222\"]", "2222222 | [\"2222222\"]"], Commits("git_hash, git_hashes"));
    }

    [Fact]
    public void A_line_of_git_without_a_command_of_git_closes_nothing()
    {
        Import(Session().Prompt("look").Bash("t", "cat log.txt").Result("t", "[main 1111111] a").Answer("ok"));
        Assert.Equal(["session_end"], Commits("closed_by"));
    }

    [Fact]
    public void Records_of_one_message_are_one_turn_with_the_largest_usage()
    {
        Import(Session().Prompt("hi").Thinking("m").Answer("first", "m", output: 5).Answer("second", "m", output: 50).Bash("t", "ls", "m").Result("t", "files"));
        Assert.Equal(["first\nsecond | 1 | 50"], _store.Query(
            "select content, json_array_length(tool_calls), usage ->> '$.output_tokens' from turns where role = 'assistant'"));
    }

    [Fact]
    public void A_queued_prompt_stands_before_the_next_message()
    {
        Import(Session().Prompt("go").Bash("t", "ls", "m1").Queue("enqueue", "and quickly").Queue("remove").Result("t", "x").Answer("more", "m1").Answer("yes"));
        Assert.Equal(["go", "more", "and quickly", "yes"], Contents());
    }

    [Fact]
    public void A_queued_prompt_behind_a_closing_result_belongs_to_what_follows()
    {
        Import(Session().Prompt("go").Bash("t", "git commit -m a").Queue("enqueue", "then this").Queue("remove").Result("t", "[main 1111111] a").Answer("yes"));
        Assert.Equal(["go | 2", "then this | 2"], Commits("derived_title, turn_count"));
    }

    [Fact]
    public void At_the_end_of_the_file_a_queued_prompt_stands_last()
    {
        Import(Session().Prompt("go").Bash("t", "ls").Queue("enqueue", "hello?").Queue("remove"));
        Assert.Equal(["go", "", "hello?"], Contents());
    }

    [Fact]
    public void Remove_and_attachment_of_the_same_text_are_one_prompt_with_the_attachments_id()
    {
        const string Uuid = "99999999-0000-4000-8000-000000000009";
        Import(Session().Prompt("go").Bash("t", "ls").Queue("enqueue", "faster").Queue("remove").Attachment("faster", Uuid).Answer("ok"));
        Assert.Equal(["go", "", "faster", "ok"], Contents());
        Assert.Equal([Uuid], _store.Query("select id from turns where content = 'faster'"));
    }

    [Fact]
    public void What_was_taken_back_dequeued_or_is_a_notification_is_no_queued_prompt()
    {
        Import(Session().Prompt("go").Queue("enqueue", "<task-notification>x</task-notification>").Queue("enqueue", "a").Queue("popAll")
            .Queue("enqueue", "b").Queue("dequeue").Prompt("b").Queue("enqueue", "/mcp").Queue("remove").Answer("ok"));
        Assert.Equal(["go", "b", "ok"], Contents());
    }

    [Fact]
    public void An_interruption_marks_the_answer_before_it()
    {
        Import(Session().Prompt("go").Answer("well").Prompt("[Request interrupted by user]").Prompt("stop"));
        Assert.Equal(["go | 0", "well | 1", "stop | 0"], _store.Query("select content, interrupted from turns order by ordinal"));
    }

    [Fact]
    public void Files_are_those_of_calls_that_succeeded_in_order_of_first_touch()
    {
        Import(Session().Prompt("go").Touch("Read", "/home/ann/projects/loom/b.cs").Touch("Edit", "/home/ann/projects/loom/a.cs")
            .Touch("Write", "/home/ann/projects/loom/no.cs", isError: true).Touch("Read", "/etc/hosts").Touch("Read", "/home/ann/projects/loom/b.cs"));
        Assert.Equal(["[\"b.cs\",\"/etc/hosts\"] | [\"a.cs\"]"], Commits("files_read, files_changed"));
    }

    [Fact]
    public void The_branch_is_the_last_one()
    {
        var session = Session().Prompt("go");
        session.Branch = "feature";
        Import(session.Answer("switched"));
        Assert.Equal(["feature"], Commits("branch"));
    }

    [Fact]
    public void A_subagent_belongs_to_the_commit_of_the_call_that_named_it()
    {
        Session().Prompt("one").Call("t", "Agent", new JsonObject { ["prompt"] = "look" }).Result("t", "found", toolUseResult: new JsonObject { ["agentId"] = "x1" })
            .Commit("1111111", "one").Prompt("two").Answer("ok").Write(_folder.Root);
        new TranscriptBuilder(A, start: "2026-03-01T12:00:00Z", agentId: "x1").Prompt("look").Touch("Edit", "/home/ann/projects/loom/sub.cs")
            .Commit("7777777", "by the agent").Write(_folder.Root);
        _store.Import(_folder.Root);
        Assert.Equal(["1111111 | [\"1111111\",\"7777777\"] | [\"sub.cs\"] | 2 | 1", " | [] | [] | 1 | 1"], Commits("git_hash, git_hashes, files_changed, session_count, prompt_count"));
        Assert.Equal([$"{A}/x1"], _store.Query("select agent_session_id from sessions where is_subagent = 1"));
    }

    [Fact]
    public void Until_it_is_named_a_subagent_belongs_to_the_commit_open_at_its_first_turn()
    {
        var main = Session().Prompt("one").Call("t", "Agent", new JsonObject()).Commit("1111111", "one").Prompt("two").Answer("ok");
        main.Write(_folder.Root);
        new TranscriptBuilder(A, start: "2026-03-01T12:00:00Z", agentId: "x1").Prompt("look").Answer("found").Write(_folder.Root);
        _store.Import(_folder.Root);
        Assert.Equal(["two"], Titles("s.is_subagent = 1"));
        main.Progress("t", "x1").Write(_folder.Root);
        _store.Import(_folder.Root);
        Assert.Equal(["one"], Titles("s.is_subagent = 1"));
    }

    [Fact]
    public void Housekeeping_is_skipped_and_counted()
    {
        Session().Prompt("go").Answer("ok").Write(_folder.Root);
        new TranscriptBuilder(A, agentId: "acompact-1").Prompt("summarise").Answer("short").Write(_folder.Root);
        Assert.Equal(1, _store.Import(_folder.Root).Housekeeping);
        Assert.Equal(["go", "ok"], Contents());
    }

    [Theory]
    [InlineData(A + ".jsonl")]
    [InlineData("agent-x1.jsonl")]
    public async Task What_has_no_length_is_not_opened(string pipe)
    {
        Session().Prompt("go").Answer("ok").Write(_folder.At("project"));
        await NamedPipe.MakeAsync(Path.Combine(_folder.At("other"), pipe));
        var result = await NamedPipe.NotWaitedForAsync(() => _store.Import(_folder.Root));
        Assert.Equal((1, 1), (result.Files, result.FilesRead));
        Assert.Equal(["go", "ok"], Contents());
    }

    [Fact]
    public void A_picture_is_kept_once_by_its_hash()
    {
        var picture = Png.Of(1);
        Import(Session().PromptWithImage("see", picture).Answer("ok").PromptWithImage("again", picture));
        Assert.Equal([$"{picture.Length} | image/png", $"{picture.Length} | image/png"], _store.Query("select byte_size, mime from visuals"));
        Assert.Single(Directory.GetFiles(_store.Store.Home.VisualsPath));
    }

    [Fact]
    public void Bad_lines_are_reported_and_the_rest_is_imported()
    {
        var path = Session().Prompt("go").Raw("{ broken").Answer("ok").Write(_folder.Root);
        var result = _store.Import(_folder.Root);
        var bad = Assert.Single(result.BadLines);
        Assert.Equal((path, 2), (bad.File, bad.Line));
        Assert.Equal(["go", "ok"], Contents());
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    private static TranscriptBuilder Session() => new(A);

    private void Import(TranscriptBuilder session)
    {
        session.Write(_folder.Root);
        _store.Import(_folder.Root);
    }

    private List<string> Commits(string columns) => _store.Query($"select {columns} from cognitive_commits order by started_at");

    private List<string> Contents() => _store.Query("select content from turns order by ordinal");

    private List<string> Titles(string where) => _store.Query(
        $"select c.derived_title from sessions s join cognitive_commits c on c.id = s.commit_id where {where}");
}
