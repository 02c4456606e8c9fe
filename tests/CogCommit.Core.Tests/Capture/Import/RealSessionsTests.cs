namespace CogCommit.Core.Tests.Capture.Import;

/// <summary>Sessions that people really held. They lie beside the project, not in it.</summary>
public sealed class RealSessionsTests
{
    private const string Long = "258c7280-ae70-4798-800f-63464d01a85d";

    [Fact]
    public void Five_git_commits_are_found_and_what_remains_is_closed_by_the_end_of_the_session()
    {
        using var store = Imported();
        Assert.Equal(
            ["99b497c git_commit", "ceff8c3 git_commit", "bb53fb4 git_commit", "05fd186 git_commit", "a230dbf git_commit", " session_end"],
            store.Query($"select coalesce(git_hash, '') || ' ' || closed_by from cognitive_commits where agent_session_id = '{Long}' order by started_at"));
    }

    [Fact]
    public void The_other_sessions_have_no_git_commit()
    {
        using var store = Imported();
        Assert.Equal(
            ["session_end", "session_end", "session_end"],
            store.Query($"select closed_by from cognitive_commits where agent_session_id <> '{Long}'"));
    }

    [Fact]
    public void Queued_prompts_stand_where_the_agent_took_them()
    {
        using var store = Imported();
        Assert.Equal(["check again | 99b497c", "new beads for the epic were added. tackle them | ceff8c3"], store.Query("""
            select t.content, c.git_hash from turns t join sessions s on s.id = t.session_id join cognitive_commits c on c.id = s.commit_id
            where t.content in ('check again', 'new beads for the epic were added. tackle them') order by t.ordinal
            """));
    }

    [Fact]
    public void The_agents_own_housekeeping_is_skipped_and_counted()
    {
        using var store = Imported(out var result);
        Assert.Equal(1, result.Housekeeping);
        Assert.Equal([$"{Long}/a881341"], store.Query("select agent_session_id from sessions where is_subagent = 1"));
    }

    [Fact]
    public void A_second_import_reads_nothing_and_writes_nothing()
    {
        using var store = Imported();
        var before = store.Query("pragma data_version");
        var rows = store.Rows();
        var result = store.Import(Folder());
        Assert.Equal(0, result.FilesRead);
        Assert.Equal(0, result.Bytes);
        Assert.Equal(rows, store.Rows());
        Assert.Equal(before, store.Query("pragma data_version"));
    }

    private static CapturedStore Imported() => Imported(out _);

    private static CapturedStore Imported(out ImportResult result)
    {
        var folder = Folder();
        var store = new CapturedStore();
        result = store.Import(folder);
        return store;
    }

    private static string Folder() => SharedData.Path("data", "transcripts", "claude-code");
}
