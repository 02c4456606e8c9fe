using CogCommit.Core.Export;
using CogCommit.Core.Export.Reading;

namespace CogCommit.Core.Tests.Export;

public class MergeTests
{
    [Fact]
    public void A_row_with_a_greater_revision_here_stays()
    {
        var (here, export) = Pair(rev: "2", answer: "the longer answer");
        using (here)
        {
            here.Import(export);
            Assert.Equal("the longer answer", here.Scalar("select content from turns where role = 'assistant'"));
        }
    }

    [Fact]
    public void A_row_with_a_lesser_revision_here_gives_way()
    {
        var (here, export) = Pair(rev: "0", answer: "the shorter answer");
        using (here)
        {
            var result = here.Import(export);
            Assert.Equal("Hi", here.Scalar("select content from turns where role = 'assistant'"));
            Assert.Equal((0, 1, 0), (result.CommitsNew, result.CommitsUpdated, result.TurnsNew));
        }
    }

    [Fact]
    public void What_the_user_said_later_here_stays()
    {
        using var here = new ExportStore();
        here.Fill(ExportRows.Conversation());
        var export = here.Export(ExportFormat.Json);
        here.Execute("update cognitive_commits set title = 'Mine', title_set = 1, version = 2");
        here.Import(export);
        Assert.Equal("Mine", here.Scalar("select title from cognitive_commits"));
    }

    [Fact]
    public void What_the_user_said_later_there_comes()
    {
        using var here = new ExportStore();
        here.Fill(ExportRows.Conversation());
        here.Execute("update cognitive_commits set title = 'Theirs', title_set = 1, version = 2");
        var export = here.Export(ExportFormat.Json);
        here.Execute("update cognitive_commits set title = null, title_set = 0, version = 1");
        here.Import(export);
        Assert.Equal("Theirs", here.Scalar("select title from cognitive_commits"));
    }

    [Fact]
    public void A_commit_deleted_here_stays_deleted_and_its_content_away()
    {
        using var here = new ExportStore();
        here.Fill(ExportRows.Conversation());
        var export = here.Export(ExportFormat.Jsonl);
        here.Execute("delete from turns");
        here.Execute("update cognitive_commits set deleted_at = '2026-03-01T00:00:00.000000Z', version = 2");
        var result = here.Import(export);
        Assert.Equal(0, result.TurnsNew);
        Assert.Empty(here.CommitIds());
        Assert.Equal(0L, here.Scalar("select count(*) from turns"));
    }

    [Fact]
    public void A_pruned_commit_comes_back_from_the_file_somebody_kept()
    {
        using var here = new ExportStore();
        here.Fill(ExportRows.Conversation());
        var export = here.Export(ExportFormat.Jsonl);
        here.Execute("insert into pruned_commits (commit_id, pruned_at) select id, updated_at from cognitive_commits");
        here.Execute("delete from cognitive_commits");
        here.Import(export);
        Assert.Equal(2L, here.Scalar("select turn_count from cognitive_commits"));
        Assert.Equal(0L, here.Scalar("select count(*) from pruned_commits"));
    }

    [Fact]
    public void An_export_older_than_a_recut_leaves_no_empty_commit_behind()
    {
        using var old = new ExportStore();
        old.Fill(ExportRows.Conversation());
        var export = old.Export(ExportFormat.Json);
        using var here = new ExportStore();
        here.Fill(ExportRows.Conversation());
        // The same turns, cut anew into another commit by a greater revision.
        here.Execute("update cognitive_commits set id = 'c0000000-0000-4000-8000-00000000000f'");
        here.Execute("update sessions set id = '50000000-0000-4000-8000-00000000000f' where 1");
        here.Execute("update turns set rev = '2', session_id = '50000000-0000-4000-8000-00000000000f'");
        var result = here.Import(export);
        Assert.Equal(["c0000000-0000-4000-8000-00000000000f"], here.CommitIds());
        Assert.Equal(0, result.CommitsNew);
    }

    [Fact]
    public void What_came_is_pending_for_the_cloud()
    {
        using var one = new ExportStore();
        one.Fill(ExportRows.Conversation());
        using var here = new ExportStore();
        here.Import(one.Export(ExportFormat.Json));
        Assert.Equal(4L, here.Scalar("""
            select (select count(*) from cognitive_commits where change_seq > pushed_seq) + (select count(*) from sessions where change_seq > pushed_seq)
                 + (select count(*) from turns where change_seq > pushed_seq)
            """));
    }

    private static (ExportStore Here, string Export) Pair(string rev, string answer)
    {
        using var there = new ExportStore();
        there.Fill(ExportRows.Conversation());
        var here = new ExportStore();
        here.Fill(ExportRows.Conversation(answer: answer).Select(row => row is ExportRow.Turn turn ? new ExportRow.Turn(turn.Row with { Rev = rev }) : row));
        return (here, there.Export(ExportFormat.Jsonl));
    }
}
