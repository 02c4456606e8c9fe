using System.Text.Json.Nodes;
using Npgsql;
using static CogCommit.Cloud.Tests.Sql.Batch;

namespace CogCommit.Cloud.Tests.Sql;

public sealed class WipeTests(PostgresFixture postgres) : SqlTests(postgres)
{
    private const string Counts = """
        select concat_ws(',', (select count(*) from cognitive_commits where user_id = $1), (select count(*) from sessions where user_id = $1),
          (select count(*) from turns where user_id = $1), (select count(*) from visuals where user_id = $1), (select count(*) from projects where user_id = $1),
          (select count(*) from machines where user_id = $1), (select count(*) from sync_pushes where user_id = $1))
        """;

    private const string EveryRow = """
        select md5(string_agg(r, E'\n' order by r)) from (
          select 'h' || h::text from sync_heads h where user_id = $1 union all select 'p' || p::text from sync_pushes p where user_id = $1
          union all select 'c' || c::text from cognitive_commits c where user_id = $1 union all select 's' || s::text from sessions s where user_id = $1
          union all select 't' || t::text from turns t where user_id = $1 union all select 'v' || v::text from visuals v where user_id = $1
          union all select 'm' || m::text from machines m where user_id = $1 union all select 'j' || j::text from projects j where user_id = $1
          union all select 'q' || q::text from user_quotas q where user_id = $1 union all select 'u' || u::text from user_profiles u where id = $1) every (r)
        """;

    [Fact]
    public async Task Everything_of_the_user_goes_and_nothing_of_another()
    {
        var (user, other) = (await FilledAsync(), await FilledAsync());
        var before = await Cloud.ScalarAsync(EveryRow, other.Id);
        var answer = await WipeAsync(user);
        Assert.Equal((1, 1), ((int)answer["commits"]!, (int)answer["machines"]!));
        Assert.NotNull(answer["wiped_at"]);
        Assert.Equal("0,0,0,0,0,0,0", await Cloud.ScalarAsync(Counts, user.Id));
        Assert.Equal("0,0,0,0,0,0", await Cloud.ScalarAsync(
            "select concat_ws(',', commits, bytes, commit_rows, session_rows, turn_rows, visual_rows) from sync_heads where user_id = $1", user.Id));
        Assert.Equal("1", await Cloud.ScalarAsync("select count(*) from user_quotas where user_id = $1", user.Id));
        Assert.Equal(before, await Cloud.ScalarAsync(EveryRow, other.Id));
    }

    [Fact]
    public async Task A_dry_run_only_counts()
    {
        var user = await FilledAsync();
        var before = await Cloud.ScalarAsync(EveryRow, user.Id);
        var answer = JsonNode.Parse((await user.ScalarAsync("select public.cogcommit_wipe(dry_run => true)::text"))!)!;
        Assert.Equal((1, 1, null), ((int)answer["commits"]!, (int)answer["machines"]!, answer["wiped_at"]));
        Assert.Equal(before, await Cloud.ScalarAsync(EveryRow, user.Id));
    }

    [Fact]
    public async Task Wiping_again_finds_nothing_and_keeps_the_date()
    {
        var user = await FilledAsync();
        var first = await WipeAsync(user);
        var second = await WipeAsync(user);
        Assert.Equal((0, 0), ((int)second["commits"]!, (int)second["machines"]!));
        Assert.Equal((string?)first["wiped_at"], (string?)second["wiped_at"]);
        await user.PushAsync(Whole().Batch);
        Assert.Equal(1, (int)(await WipeAsync(user))["commits"]!);
    }

    [Fact]
    public async Task Who_never_pushed_wipes_nothing()
    {
        var user = await Cloud.AddUserAsync();
        var answer = await WipeAsync(user);
        Assert.Equal((0, null), ((int)answer["commits"]!, answer["wiped_at"]));
        Assert.Equal("0", await Cloud.ScalarAsync("select count(*) from sync_heads where user_id = $1", user.Id));
    }

    [Fact]
    public async Task A_pull_from_before_is_told_so_and_a_new_device_finds_an_empty_cloud()
    {
        var user = await FilledAsync();
        var cursor = (await user.PullAsync())["cursor"]!;
        await WipeAsync(user);
        var old = await user.PullAsync(cursor);
        Assert.Equal((false, true), ((bool)old["known"]!, (bool)old["wiped"]!));
        Assert.NotNull(old["wiped_at"]);
        var fresh = await user.PullAsync();
        Assert.Equal((true, false, null), ((bool)fresh["known"]!, (bool)fresh["wiped"]!, fresh["cursor"]));
        Assert.Empty(fresh["commits"]!.AsArray());
        Assert.Equal(0, (int)fresh["quota"]!["commits"]!);
    }

    [Fact]
    public async Task A_push_that_does_not_know_is_refused_as_a_whole_and_one_that_does_begins_anew()
    {
        var user = await FilledAsync();
        var seen = (int)(await user.PullAsync())["cursor"]!["seq"]!;
        await WipeAsync(user);
        var (_, _, turn, batch) = Whole();
        batch["seen"] = seen;
        var refused = await Assert.ThrowsAsync<PostgresException>(() => user.PushAsync(batch));
        Assert.Equal("PT410", refused.SqlState);
        Assert.Equal("0,0,0,0,0,0,0", await Cloud.ScalarAsync(Counts, user.Id));

        batch.Remove("seen");
        var answer = await user.PushAsync(batch);
        Assert.Equal("accepted", answer.Status("turns", turn));
        Assert.Equal((0, null, seen + 1), ((int)answer["before"]!, answer["before_push_id"], (int)answer["seq"]!));
        // Its answer lost and it repeated, the cursor moves as it would have.
        var again = await user.PushAsync(batch);
        Assert.Equal((0, seen + 1), ((int)again["before"]!, (int)again["seq"]!));
        batch["seen"] = seen + 1;
        await user.PushAsync(batch);
        Assert.True((bool)(await user.PullAsync(new JsonObject { ["seq"] = seen, ["push_id"] = NewId() }))["wiped"]!);
    }

    [Fact]
    public async Task Nothing_pushed_into_a_wiped_cloud_moves_no_cursor()
    {
        var user = await FilledAsync();
        await WipeAsync(user);
        var answer = await user.PushAsync(Of());
        Assert.Equal((0, 0), ((int)answer["before"]!, (int)answer["seq"]!));
    }

    [Fact]
    public async Task A_restored_cloud_that_was_wiped_then_tells_also_those_who_heard_of_more()
    {
        var user = await FilledAsync();
        await WipeAsync(user);
        var batch = Whole().Batch;
        batch["seen"] = 1_000_000;
        Assert.Equal("PT410", (await Assert.ThrowsAsync<PostgresException>(() => user.PushAsync(batch))).SqlState);
        Assert.True((bool)(await user.PullAsync(new JsonObject { ["seq"] = 1_000_000, ["push_id"] = NewId() }))["wiped"]!);
    }

    [Theory]
    [InlineData("\"1\"")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("[]")]
    public async Task What_was_seen_is_a_number(string seen)
    {
        var user = await FilledAsync();
        var batch = Of();
        batch["seen"] = JsonNode.Parse(seen);
        Assert.Equal("22023", (await Assert.ThrowsAsync<PostgresException>(() => user.PushAsync(batch))).SqlState);
    }

    [Fact]
    public async Task A_wipe_waits_for_the_push_that_is_under_way_and_the_next_one_is_refused()
    {
        var user = await FilledAsync();
        var seen = (int)(await user.PullAsync())["cursor"]!["seq"]!;
        var (first, second) = (Whole().Batch, Whole().Batch);
        first["seen"] = seen;
        second["seen"] = seen;
        await using var connection = await Cloud.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var pushing = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await CloudDatabase.ScalarAsync(connection, "select set_config('role', 'authenticated', true), set_config('request.jwt.claims', $1, true)", user.Claims.ToJsonString());
        await CloudDatabase.ScalarAsync(connection, "select public.cogcommit_push($1)::text", first);

        var wiping = WipeAsync(user);
        while (await Cloud.ScalarAsync("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like '%cogcommit_wipe%'") != "1")
        {
            await Task.Yield();
        }

        var late = user.PushAsync(second);
        await pushing.CommitAsync(TestContext.Current.CancellationToken);
        await wiping;
        // Whichever of the two waiters came first: nothing is left of the one, and the other was told.
        try
        {
            await late;
        }
        catch (PostgresException refused)
        {
            Assert.Equal("PT410", refused.SqlState);
        }

        Assert.Equal("0,0,0,0,0,0,0", await Cloud.ScalarAsync(Counts, user.Id));
        Assert.Equal("PT410", (await Assert.ThrowsAsync<PostgresException>(() => user.PushAsync(second))).SqlState);
    }

    [Fact]
    public async Task An_account_goes_with_everything_and_another_stays()
    {
        var (user, other) = (await FilledAsync(), await FilledAsync());
        var before = await Cloud.ScalarAsync(EveryRow, other.Id);
        await DeleteAsync(user);
        Assert.Null(await Cloud.ScalarAsync(EveryRow, user.Id));
        Assert.Equal("0", await Cloud.ScalarAsync("select count(*) from auth.users where id = $1", user.Id));
        Assert.Equal(before, await Cloud.ScalarAsync(EveryRow, other.Id));
        Assert.Equal("1", await Cloud.ScalarAsync("select count(*) from auth.users where id = $1", other.Id));

        // The token lives on for its hour, and opens nothing.
        await DeleteAsync(user);
        Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => user.PushAsync(Whole().Batch))).SqlState);
        Assert.Empty((await user.PullAsync())["commits"]!.AsArray());
    }

    [Theory]
    [InlineData("select public.cogcommit_wipe()")]
    [InlineData("select public.cogcommit_wipe(true)")]
    [InlineData("select public.cogcommit_delete_account()")]
    public async Task Only_who_is_signed_in_may_ask(string sql)
    {
        foreach (var role in new[] { "anon", "authenticated" })
        {
            Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => Cloud.ScalarAsync(role, null, sql))).SqlState);
        }
    }

    private async Task<CloudUserSession> FilledAsync()
    {
        var user = await Cloud.AddUserAsync();
        var (commit, _, _, batch) = Whole();
        await user.PushAsync(batch);
        await user.PushAsync(Of(Visual(NewId(), commit)));
        return user;
    }

    private static async Task<JsonObject> WipeAsync(CloudUserSession user) =>
        JsonNode.Parse((await user.ScalarAsync("select public.cogcommit_wipe()::text"))!)!.AsObject();

    private static Task<string?> DeleteAsync(CloudUserSession user) => user.ScalarAsync("select public.cogcommit_delete_account()::text");
}
