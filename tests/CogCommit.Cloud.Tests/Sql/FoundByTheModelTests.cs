using System.Globalization;
using System.Text.Json.Nodes;
using static CogCommit.Cloud.Tests.Sql.Batch;

namespace CogCommit.Cloud.Tests.Sql;

/// <summary>What the comparison with the model found wrong in the SQL.</summary>
public sealed class FoundByTheModelTests(PostgresFixture postgres) : SqlTests(postgres)
{
    [Theory]
    [InlineData("version", "\"two\"")]
    [InlineData("version", "1e400")]
    [InlineData("version", "{}")]
    [InlineData("updated_at", "\"yesterday?\"")]
    [InlineData("updated_at", "\"2026-02-30T00:00:00Z\"")]
    [InlineData("updated_at", "7")]
    public async Task A_wrong_field_refuses_that_half_of_a_commit_that_is_here_already_and_not_the_whole_batch(string field, string json)
    {
        var user = await Cloud.AddUserAsync();
        var (commit, session, _, batch) = Whole();
        await user.PushAsync(batch);
        var turn = NewId();
        var answer = await user.PushAsync(Of(Commit(commit, Captured("2"), Curated(2, but: row => row[field] = JsonNode.Parse(json))), Turn(turn, session)));
        Assert.Equal("refused", answer.Status("commits", commit, "curated"));
        Assert.Equal(field, answer.Reason("commits", commit));
        Assert.Equal("accepted", answer.Status("commits", commit, "captured"));
        Assert.Equal("accepted", answer.Status("turns", turn));
    }

    [Theory]
    [InlineData("version", "\"two\"")]
    [InlineData("version", "1e400")]
    [InlineData("updated_at", "\"2026-02-30T00:00:00Z\"")]
    public async Task A_wrong_field_refuses_a_picture_that_is_here_already_and_not_the_whole_batch(string field, string json)
    {
        var user = await Cloud.AddUserAsync();
        var (commit, visual, other) = (NewId(), NewId(), NewId());
        await user.PushAsync(Of(Commit(commit, Captured()), Visual(visual, commit)));
        var answer = await user.PushAsync(Of(Visual(visual, commit, but: row => row[field] = JsonNode.Parse(json)), Visual(other, commit)));
        Assert.Equal("refused", answer.Status("visuals", visual));
        Assert.Equal(field, answer.Reason("visuals", visual));
        Assert.Equal("accepted", answer.Status("visuals", other));
    }

    // The list of calls is level 0, so that something at level 260 has 260 brackets around it and need not be one itself.
    [Theory]
    [InlineData(257, "1", "accepted")]
    [InlineData(258, "", "accepted")]
    [InlineData(258, "1", "refused")]
    [InlineData(258, "\"[{[\"", "refused")]
    [InlineData(257, "\"[{[\"", "accepted")]
    public async Task How_deep_calls_may_be_does_not_depend_on_brackets_elsewhere_in_them(int levels, string innermost, string status)
    {
        var user = await Cloud.AddUserAsync();
        var (_, session, _, batch) = Whole();
        await user.PushAsync(batch);
        var turn = NewId();
        var calls = $"[{{\"input\":{new string('[', levels)}{innermost}{new string(']', levels)}}}]";
        var deep = Of(Turn(turn, session)).ToJsonString().Replace("\"tool_calls\":null", $"\"tool_calls\":{calls}", StringComparison.Ordinal);
        var answer = JsonNode.Parse((await user.ScalarAsync("select public.cogcommit_push($1::jsonb)::text", deep))!)!.AsObject();
        Assert.Equal(status, answer.Status("turns", turn));
    }

    [Fact]
    public async Task A_new_commit_that_says_it_will_not_fit_is_not_begun_even_when_its_turns_come_in_a_later_call()
    {
        var user = await Cloud.AddUserAsync();
        await user.PushAsync(Of());
        await Cloud.ScalarAsync("update user_quotas set storage_limit_bytes = 100 where user_id = $1", user.Id);
        var (large, fits, deleted) = (NewId(), NewId(), NewId());
        var answer = await user.PushAsync(Of(
            Commit(large, Captured(but: row => row["bytes"] = 101)),
            Commit(fits, Captured(but: row => row["bytes"] = 100)),
            Commit(deleted, Captured(but: row => row["bytes"] = 101), Curated(but: row => row["deleted_at"] = "2026-02-11T22:00:00.000000Z"))));
        Assert.Equal("over_limit", answer.Status("commits", large, "captured"));
        Assert.Equal("storage_limit", answer.Reason("commits", large));
        Assert.Equal("accepted", answer.Status("commits", fits, "captured"));
        Assert.Equal("accepted", answer.Status("commits", deleted, "captured"));
    }

    [Theory]
    [InlineData(-400)]
    [InlineData(400)]
    public async Task Deleting_again_with_a_clock_that_is_wrong_does_not_move_the_day_of_the_purge(int days)
    {
        var user = await Cloud.AddUserAsync();
        var (commit, _, turn, batch) = Whole();
        await user.PushAsync(batch);
        await user.PushAsync(Of(Commit(commit, curated: Deleted(2, 0))));
        await user.PushAsync(Of(Commit(commit, curated: Deleted(3, days))));
        var page = await user.PullAsync();
        Assert.Null(page.Row("commits", commit)!["purged"]);
        Assert.NotNull(page.Row("turns", turn));
        Assert.Equal("30", await Cloud.ScalarAsync("select round(extract(epoch from purge_after - now()) / 86400) from cognitive_commits where user_id = $1", user.Id));
    }

    private static JsonObject Deleted(int version, int days) => Curated(version, but: row =>
        row["deleted_at"] = DateTimeOffset.UtcNow.AddDays(days).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
}
