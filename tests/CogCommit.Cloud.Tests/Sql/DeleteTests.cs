using System.Globalization;
using static CogCommit.Cloud.Tests.Sql.Batch;

namespace CogCommit.Cloud.Tests.Sql;

public sealed class DeleteTests(PostgresFixture postgres) : SqlTests(postgres)
{
    [Fact]
    public async Task A_deletion_travels_as_a_tombstone_and_its_rows_stay_for_30_days()
    {
        var (user, commit, _, turn) = await DeletedAsync(DaysAgo(29));
        await Cloud.ScalarAsync("update cognitive_commits set purge_after = null where user_id = $1", user.Id);
        await user.PushAsync(Of());
        var page = await user.PullAsync();
        Assert.NotNull(page.Row("commits", commit)!["curated"]!["deleted_at"]);
        Assert.Null(page.Row("commits", commit)!["purged"]);
        Assert.NotNull(page.Row("turns", turn));
    }

    [Fact]
    public async Task After_30_days_the_next_push_of_anything_purges_the_content_and_leaves_the_empty_row()
    {
        var (user, commit, _, _) = await DeletedAsync(DaysAgo(0));
        await Cloud.ScalarAsync("update cognitive_commits set deleted_at = now() - interval '30 days 1 minute' where user_id = $1", user.Id);
        var before = (await user.PullAsync())["cursor"];
        var answer = await user.PushAsync(Of());
        Assert.Equal((int)answer["before"]! + 1, (int)answer["seq"]!);
        Assert.True((bool)answer["cloud"]!.AsObject().Row("commits", commit)!["purged"]!);

        var page = await user.PullAsync(before);
        Assert.True((bool)page.Row("commits", commit)!["purged"]!);
        Assert.Null(page.Row("commits", commit)!["captured"]);
        Assert.Empty(page["turns"]!.AsArray());
        Assert.Equal("0|0|0", await Cloud.ScalarAsync(
            "select (select count(*) from sessions s where s.user_id = h.user_id) || '|' || session_rows || '|' || turn_rows from sync_heads h where user_id = $1", user.Id));
        Assert.Equal("true", (await Cloud.ScalarAsync(
            """
            select purged and num_nonnulls(title, derived_title, git_hash, git_hashes, git_subject, branch, files_read, files_changed, project_id, project_name,
              project_set, captured_project, agent_session_id, closed_after, hash) = 0 from cognitive_commits where user_id = $1
            """,
            user.Id))!.ToLowerInvariant());
    }

    [Fact]
    public async Task Who_repeats_a_push_whose_answer_was_lost_is_told_again_what_it_purged()
    {
        var (user, commit, _, _) = await DeletedAsync(DaysAgo(0));
        await Cloud.ScalarAsync("update cognitive_commits set deleted_at = now() - interval '31 days' where user_id = $1", user.Id);
        var batch = Of();
        var first = await user.PushAsync(batch);
        var again = await user.PushAsync(batch);
        Assert.Equal((int)first["seq"]!, (int)again["seq"]!);
        Assert.True((bool)again["cloud"]!.AsObject().Row("commits", commit)!["purged"]!);
    }

    [Theory]
    [InlineData("explicit", true, true)]
    [InlineData("session_end", false, true)]
    [InlineData("git_commit", false, false)]
    public async Task A_purged_commit_keeps_where_it_ended_unless_git_says_so(string closedBy, bool told, bool kept)
    {
        var user = await Cloud.AddUserAsync();
        var (commit, session, subagent, first, last) = (NewId(), NewId(), NewId(), NewId(), NewId());
        await user.PushAsync(Of(
            Commit(commit, Captured(but: row => { row["closed_by"] = closedBy; row["closed_after"] = told ? last : null; }), Curated()),
            Session(session, commit), Session(subagent, commit, but: row => row["is_subagent"] = true),
            Turn(first, session), Turn(last, session, but: row => row["ordinal"] = 7), Turn(NewId(), subagent, but: row => row["ordinal"] = 9)));
        await user.PushAsync(Of(Commit(commit, curated: Curated(2, but: row => row["deleted_at"] = DaysAgo(0)))));
        await Cloud.ScalarAsync("update cognitive_commits set deleted_at = now() - interval '31 days' where user_id = $1", user.Id);
        var answer = await user.PushAsync(Of());
        foreach (var row in new[] { answer["cloud"]!.AsObject().Row("commits", commit)!, (await user.PullAsync()).Row("commits", commit)! })
        {
            Assert.True((bool)row["purged"]!);
            Assert.Null(row["captured"]);
            Assert.Equal(kept ? ("s", last) : (null, null), ((string?)row["boundary"]?["agent_session_id"], (string?)row["boundary"]?["closed_after"]));
        }
    }

    [Fact]
    public async Task Nobody_brings_a_purged_commit_back()
    {
        var (user, commit, session, turn) = await DeletedAsync(DaysAgo(0));
        await Cloud.ScalarAsync("update cognitive_commits set deleted_at = now() - interval '31 days' where user_id = $1", user.Id);
        await user.PushAsync(Of());

        var answer = await user.PushAsync(Of(
            Commit(commit, Captured("9"), Curated(9)), Session(session, commit, "9"), Turn(turn, session, "back", "9"), Visual(NewId(), commit)));
        Assert.Equal("lost", answer.Status("commits", commit, "captured"));
        Assert.Equal("lost", answer.Status("commits", commit, "curated"));
        Assert.Equal("lost", answer.Status("sessions", session));
        Assert.Equal("lost", answer.Status("turns", turn));
        Assert.Equal("purged", answer.Reason("turns", turn));
        Assert.Equal("lost", (string?)answer["results"]!["visuals"]![0]!["status"]);
        Assert.True((bool)answer["cloud"]!.AsObject().Row("commits", commit)!["purged"]!);
        Assert.Equal((int)answer["before"]!, (int)answer["seq"]!);
        Assert.Equal("0", await Cloud.ScalarAsync("select count(*) from turns where user_id = $1", user.Id));
    }

    [Fact]
    public async Task An_undeletion_within_the_30_days_brings_everything_back()
    {
        var (user, commit, _, turn) = await DeletedAsync(DaysAgo(0));
        await user.PushAsync(Of(Commit(commit, curated: Curated(3))));
        var page = await user.PullAsync();
        Assert.Null(page.Row("commits", commit)!["curated"]!["deleted_at"]);
        Assert.NotNull(page.Row("turns", turn));
    }

    [Fact]
    public async Task A_deletion_dated_long_ago_still_leaves_the_others_30_days()
    {
        var (user, commit, _, turn) = await DeletedAsync(DaysAgo(400));
        await user.PushAsync(Of());
        Assert.NotNull((await user.PullAsync()).Row("turns", turn));
        await Cloud.ScalarAsync("update cognitive_commits set purge_after = now() where user_id = $1", user.Id);
        await user.PushAsync(Of());
        Assert.True((bool)(await user.PullAsync()).Row("commits", commit)!["purged"]!);
    }

    [Fact]
    public async Task A_purged_picture_keeps_only_its_path_so_that_the_object_can_be_removed()
    {
        var (user, commit, _, _) = await DeletedAsync(DaysAgo(0), visual: true);
        await Cloud.ScalarAsync("update cognitive_commits set deleted_at = now() - interval '31 days' where user_id = $1", user.Id);
        await user.PushAsync(Of());
        var visual = Assert.Single((await user.PullAsync())["visuals"]!.AsArray())!;
        Assert.NotNull(visual["path"]);
        Assert.NotNull(visual["deleted_at"]);
        Assert.Null(visual["caption"]);
        Assert.Equal(commit, (string?)visual["commit_id"]);
    }

    private async Task<(CloudUserSession User, string Commit, string Session, string Turn)> DeletedAsync(string deletedAt, bool visual = false)
    {
        var user = await Cloud.AddUserAsync();
        var (commit, session, turn, batch) = Whole();
        await user.PushAsync(batch);
        if (visual)
        {
            await user.PushAsync(Of(Visual(NewId(), commit)));
        }

        await user.PushAsync(Of(Commit(commit, curated: Curated(2, but: row => row["deleted_at"] = deletedAt))));
        return (user, commit, session, turn);
    }

    private static string DaysAgo(int days) => DateTimeOffset.UtcNow.AddDays(-days).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
