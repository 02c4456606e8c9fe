using System.Text.Json.Nodes;
using static CogCommit.Cloud.Tests.Sql.Batch;

namespace CogCommit.Cloud.Tests.Sql;

public sealed class QuotaTests(PostgresFixture postgres) : SqlTests(postgres)
{
    private const string Early = "2026-01-01T00:00:00.000000Z";
    private const string Late = "2026-01-02T00:00:00.000000Z";

    [Theory]
    [InlineData(99, "accepted")]
    [InlineData(100, "accepted")]
    [InlineData(101, "over_limit")]
    public async Task A_commit_fits_up_to_the_last_byte(int bytes, string status)
    {
        var user = await UserAsync(commits: 10, bytes: 100);
        var (commit, session, turn, batch) = Whole(new string('x', bytes));
        var answer = await user.PushAsync(batch);
        Assert.Equal(status, answer.Status("commits", commit, "captured"));
        Assert.Equal(status, answer.Status("commits", commit, "curated"));
        Assert.Equal(status, answer.Status("sessions", session));
        Assert.Equal(status, answer.Status("turns", turn));
        Assert.Equal(status == "accepted" ? null : "storage_limit", answer.Reason("turns", turn));
        Assert.Equal(status == "accepted" ? bytes : 0, (int)answer["quota"]!["bytes"]!);
        Assert.Equal(status == "accepted" ? "1" : "0", await CountAsync(user));
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(4, 3)]
    public async Task Commits_fit_up_to_the_limit(int commits, int stored)
    {
        var user = await UserAsync(commits: 3, bytes: 1000);
        for (var i = 0; i < commits; i++)
        {
            await user.PushAsync(Whole().Batch);
        }

        Assert.Equal(stored, int.Parse((await CountAsync(user))!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(stored, (int)(await user.PullAsync())["quota"]!["commits"]!);
    }

    [Fact]
    public async Task Bytes_are_those_of_the_text_and_of_the_calls_as_they_are_stored()
    {
        var user = await UserAsync(commits: 3, bytes: 1000);
        var batch = Whole("äöü").Batch;
        batch["turns"]![0]!["tool_calls"] = JsonNode.Parse("""[{"id":"é"}]""");
        Assert.Equal(6 + 14, (int)(await user.PushAsync(batch))["quota"]!["bytes"]!);
    }

    [Fact]
    public async Task Of_two_that_do_not_fit_together_the_newer_is_admitted_wherever_it_stands()
    {
        foreach (var newerFirst in new[] { true, false })
        {
            var user = await UserAsync(commits: 1, bytes: 1000);
            var (older, newer) = (Whole(startedAt: Early), Whole(startedAt: Late));
            var answer = await user.PushAsync(Joined(newerFirst ? [newer.Batch, older.Batch] : [older.Batch, newer.Batch]));
            Assert.Equal("accepted", answer.Status("turns", newer.Turn));
            Assert.Equal("over_limit", answer.Status("turns", older.Turn));
            Assert.Equal("commit_limit", answer.Reason("commits", older.Commit));
        }
    }

    [Fact]
    public async Task An_older_small_one_fits_where_a_newer_large_one_does_not()
    {
        var user = await UserAsync(commits: 10, bytes: 100);
        var (small, large) = (Whole(new string('x', 100), Early), Whole(new string('x', 101), Late));
        var answer = await user.PushAsync(Joined([small.Batch, large.Batch]));
        Assert.Equal("accepted", answer.Status("turns", small.Turn));
        Assert.Equal("over_limit", answer.Status("turns", large.Turn));
    }

    [Fact]
    public async Task Of_a_commit_that_grows_beyond_the_limit_nothing_new_is_stored_and_the_rest_stays()
    {
        var user = await UserAsync(commits: 10, bytes: 10);
        var (commit, session, turn, batch) = Whole("12345");
        await user.PushAsync(batch);
        var (small, large) = (NewId(), NewId());
        var answer = await user.PushAsync(Of(
            Commit(commit, Captured("2"), Curated(2, but: row => (row["title"], row["title_set"]) = ("mine", true))), Turn(small, session, "1"), Turn(large, session, "1234567")));
        Assert.Equal("over_limit", answer.Status("commits", commit, "captured"));
        Assert.Equal("accepted", answer.Status("commits", commit, "curated"));
        Assert.Equal("over_limit", answer.Status("turns", small));
        Assert.Equal("over_limit", answer.Status("turns", large));
        var page = await user.PullAsync();
        Assert.Equal(turn, (string?)Assert.Single(page["turns"]!.AsArray())!["id"]);
        Assert.Equal("mine", (string?)page.Row("commits", commit)!["curated"]!["title"]);
        Assert.Equal("1", (string?)page.Row("commits", commit)!["captured"]!["rev"]);
    }

    [Fact]
    public async Task A_new_commit_that_says_it_will_not_fit_is_not_begun()
    {
        var user = await UserAsync(commits: 10, bytes: 100);
        var (_, _, turn, batch) = Whole("12345");
        batch["commits"]![0]!["captured"]!["bytes"] = 101;
        Assert.Equal("over_limit", (await user.PushAsync(batch)).Status("turns", turn));
        batch["commits"]![0]!["captured"]!["bytes"] = 100;
        Assert.Equal("accepted", (await user.PushAsync(batch)).Status("turns", turn));
    }

    [Fact]
    public async Task Deleting_makes_room_in_the_same_batch_and_bringing_back_needs_it()
    {
        var user = await UserAsync(commits: 1, bytes: 1000);
        var (one, other) = (Whole(), Whole());
        await user.PushAsync(one.Batch);
        Assert.Equal("over_limit", (await user.PushAsync(other.Batch)).Status("turns", other.Turn));

        var answer = await user.PushAsync(Joined([other.Batch, Of(Commit(one.Commit, curated: Curated(2, but: Delete)))]));
        Assert.Equal("accepted", answer.Status("commits", one.Commit, "curated"));
        Assert.Equal("accepted", answer.Status("turns", other.Turn));
        Assert.Equal((1, 5), ((int)answer["quota"]!["commits"]!, (int)answer["quota"]!["bytes"]!));

        answer = await user.PushAsync(Of(Commit(one.Commit, curated: Curated(3))));
        Assert.Equal("over_limit", answer.Status("commits", one.Commit, "curated"));
        await SetAsync(user, 2, 1000);
        answer = await user.PushAsync(Of(Commit(one.Commit, curated: Curated(3))));
        Assert.Equal("accepted", answer.Status("commits", one.Commit, "curated"));
        Assert.Equal((2, 10), ((int)answer["quota"]!["commits"]!, (int)answer["quota"]!["bytes"]!));
    }

    [Fact]
    public async Task Who_is_over_a_lowered_limit_can_still_edit_and_delete()
    {
        var user = await UserAsync(commits: 10, bytes: 1000);
        var (one, other) = (Whole(), Whole());
        await user.PushAsync(Joined([one.Batch, other.Batch]));
        await SetAsync(user, 1, 1);
        var answer = await user.PushAsync(Of(
            Commit(one.Commit, curated: Curated(2, but: Delete)), Commit(other.Commit, curated: Curated(2)), Turn(other.Turn, other.Session, "hi", "2")));
        Assert.Equal("accepted", answer.Status("commits", one.Commit, "curated"));
        Assert.Equal("accepted", answer.Status("commits", other.Commit, "curated"));
        Assert.Equal("accepted", answer.Status("turns", other.Turn));
        Assert.Equal((1, 2), ((int)answer["quota"]!["commits"]!, (int)answer["quota"]!["bytes"]!));
    }

    [Fact]
    public async Task A_commit_without_turns_does_not_count()
    {
        var user = await UserAsync(commits: 1, bytes: 1000);
        var empty = NewId();
        var answer = await user.PushAsync(Of(Commit(empty, Captured(but: row => row["turn_count"] = 0))));
        Assert.Equal("accepted", answer.Status("commits", empty, "captured"));
        Assert.Equal(0, (int)answer["quota"]!["commits"]!);
        var whole = Whole();
        Assert.Equal("accepted", (await user.PushAsync(whole.Batch)).Status("turns", whole.Turn));
    }

    [Fact]
    public async Task Visuals_count_until_they_are_deleted_and_by_what_storage_measured()
    {
        var user = await UserAsync(commits: 10, bytes: 100);
        var (commit, session, _, batch) = Whole("12345");
        var (visual, large) = (NewId(), NewId());
        await user.PushAsync(batch);
        var answer = await user.PushAsync(Of(Visual(visual, commit, byteSize: 95)));
        Assert.Equal((100, "accepted"), ((int)answer["quota"]!["bytes"]!, answer.Status("visuals", visual)));
        Assert.Equal("over_limit", (await user.PushAsync(Of(Visual(large, commit, byteSize: 1)))).Status("visuals", large));
        answer = await user.PushAsync(Of(Visual(visual, commit, 2, 95, row => row["deleted_at"] = Late)));
        Assert.Equal(5, (int)answer["quota"]!["bytes"]!);

        await user.PushAsync(Of(Visual(large, commit, byteSize: 1)));
        // Where a project has no trigger that refuses it.
        await Cloud.ScalarAsync("alter table storage.objects disable trigger cogcommit_check_picture");
        await Cloud.ScalarAsync(
            """
            insert into storage.objects (bucket_id, name, metadata) select 'visuals', path, '{"size": 60}' from visuals where local_id = $1
            """,
            Guid.Parse(large));
        await Cloud.ScalarAsync("update sync_heads set weighed_at = now() - interval '25 hours' where user_id = $1", user.Id);
        answer = await user.PushAsync(Of(Turn(NewId(), session, "1")));
        Assert.Equal(5 + 1 + 60, (int)answer["quota"]!["bytes"]!);
    }

    [Fact]
    public async Task The_sums_are_those_of_the_rows()
    {
        var user = await UserAsync(commits: 100, bytes: 1000);
        var wholes = Enumerable.Range(1, 10).Select(i => Whole(new string('x', i))).ToList();
        await user.PushAsync(Joined([.. wholes.Select(whole => whole.Batch)]));
        await user.PushAsync(Of(Turn(wholes[0].Turn, wholes[1].Session, "longer", "2"), Commit(wholes[2].Commit, curated: Curated(2, but: Delete))));
        Assert.Equal("true", (await Cloud.ScalarAsync(
            """
            select h.bytes = (select sum(octet_length(t.content)) from turns t join sessions s on s.id = t.session_id join cognitive_commits c on c.id = s.commit_id
                where t.user_id = h.user_id and c.deleted_at is null)
              and h.commits = (select count(*) from cognitive_commits c where c.user_id = h.user_id and c.deleted_at is null)
              and (h.commit_rows, h.session_rows, h.turn_rows) = (10, 10, 10)
              and not exists (select from cognitive_commits c where c.user_id = h.user_id and (c.stored_turns, c.bytes) <> (
                select count(t.id), coalesce(sum(octet_length(t.content)), 0) from sessions s left join turns t on t.session_id = s.id where s.commit_id = c.id))
            from sync_heads h where user_id = $1
            """,
            user.Id))!.ToLowerInvariant());
    }

    [Theory]
    [InlineData("commit_rows", 99999, "commits")]
    [InlineData("session_rows", 399999, "sessions")]
    [InlineData("turn_rows", 3999999, "turns")]
    [InlineData("visual_rows", 99999, "visuals")]
    public async Task Rows_that_no_quota_counts_have_a_cap(string counter, int before, string kind)
    {
        var user = await UserAsync(commits: 1000, bytes: 1000);
        await Cloud.ScalarAsync($"update sync_heads set {counter} = $2 where user_id = $1", user.Id, before);
        var (commit, session) = (NewId(), NewId());
        var answer = await user.PushAsync(Of(
            Commit(commit, Captured()), Session(session, commit), Turn(NewId(), session), Visual(NewId(), commit),
            kind switch
            {
                "commits" => Commit(NewId(), Captured()),
                "sessions" => Session(NewId(), commit),
                "turns" => Turn(NewId(), session),
                _ => Visual(NewId(), commit),
            }));
        var results = answer["results"]![kind]!.AsArray().Select(row => (string?)row![kind == "commits" ? "captured" : "status"]);
        Assert.Equal(["accepted", "refused"], results);
    }

    private static void Delete(JsonObject curated) => curated["deleted_at"] = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static JsonObject Joined(IReadOnlyList<JsonObject> batches) => Of(
        batches.SelectMany(batch => batch).Where(pair => pair.Value is JsonArray).SelectMany(pair => pair.Value!.AsArray().Select(row => (pair.Key, row!))));

    private async Task<CloudUserSession> UserAsync(int commits, int bytes)
    {
        var user = await Cloud.AddUserAsync();
        await user.PushAsync(Of());
        await SetAsync(user, commits, bytes);
        return user;
    }

    private Task<string?> SetAsync(CloudUserSession user, int commits, int bytes) => Cloud.ScalarAsync(
        "update user_quotas set commit_limit = $2, storage_limit_bytes = $3 where user_id = $1", user.Id, commits, (long)bytes);

    private Task<string?> CountAsync(CloudUserSession user) => Cloud.ScalarAsync("select count(*) from cognitive_commits where user_id = $1", user.Id);
}
