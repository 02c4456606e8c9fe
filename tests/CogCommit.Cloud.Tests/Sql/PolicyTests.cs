using Npgsql;
using static CogCommit.Cloud.Tests.Sql.Batch;

namespace CogCommit.Cloud.Tests.Sql;

/// <summary>Who reaches what: the owner, another user, and nobody, on every table and function there is.</summary>
public sealed class PolicyTests(PostgresFixture postgres) : SqlTests(postgres)
{
    private const string InsufficientPrivilege = "42501";

    public static TheoryData<string> Tables =>
        ["user_profiles", "user_quotas", "sync_heads", "sync_pushes", "machines", "projects", "cognitive_commits", "sessions", "turns", "visuals"];

    [Fact]
    public async Task Every_table_is_named_here_and_has_row_level_security()
    {
        Assert.Equal(
            string.Join(',', Tables.Select(table => table.Data).Order(StringComparer.Ordinal)),
            await Cloud.ScalarAsync("select string_agg(relname, ',' order by relname) from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relrowsecurity"));
        Assert.Equal("0", await Cloud.ScalarAsync("select count(*) from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'm', 'p') and not relrowsecurity"));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task The_owner_reads_what_is_theirs_others_nothing_and_nobody_may_ask(string table)
    {
        var (user, other) = (await FilledAsync(), await FilledAsync());
        var id = table == "user_profiles" ? "id" : "user_id";
        Assert.NotEqual("0", await user.ScalarAsync($"select count(*) from public.{table} where {id} = $1", user.Id));
        Assert.Equal("0", await other.ScalarAsync($"select count(*) from public.{table} where {id} = $1", user.Id));
        Assert.Equal(InsufficientPrivilege, await StateAsync("anon", $"select count(*) from public.{table}"));
        Assert.Equal("0", await Cloud.ScalarAsync("authenticated", null, $"select count(*) from public.{table}"));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Nobody_writes_a_table(string table)
    {
        var user = await FilledAsync();
        var id = table == "user_profiles" ? "id" : "user_id";
        foreach (var sql in new[] { $"insert into public.{table} default values", $"update public.{table} set {id} = {id}", $"delete from public.{table}", $"truncate public.{table} cascade" })
        {
            var raised = await Assert.ThrowsAsync<PostgresException>(() => user.ScalarAsync(sql));
            Assert.Equal(InsufficientPrivilege, raised.SqlState);
            Assert.Equal(InsufficientPrivilege, await StateAsync("anon", sql));
        }
    }

    [Theory]
    [InlineData("select public.cogcommit_push('{}')")]
    [InlineData("select public.cogcommit_pull(null, 1)")]
    [InlineData("select public.cogcommit_digest(null, 1)")]
    [InlineData("select public.cogcommit_wipe()")]
    [InlineData("select public.cogcommit_pictures()")]
    [InlineData("select public.cogcommit_delete_account()")]
    public async Task Only_who_is_signed_in_calls_a_function(string sql) => Assert.Equal(InsufficientPrivilege, await StateAsync("anon", sql));

    [Fact]
    public async Task Nothing_that_writes_can_be_called_but_push_and_the_two_that_take_away()
    {
        Assert.Equal("cogcommit_delete_account,cogcommit_digest,cogcommit_pictures,cogcommit_pull,cogcommit_push,cogcommit_wipe", await Cloud.ScalarAsync(
            "select string_agg(proname, ',' order by proname) from pg_proc where pronamespace = 'public'::regnamespace and has_function_privilege('authenticated', oid, 'execute')"));
        // In our own schema: what only reads or formats, for pull; and what Storage's policies ask of the caller's own pictures.
        Assert.Equal("has_room_for_picture", await Cloud.ScalarAsync(
            "select string_agg(proname, ',') from pg_proc where pronamespace = 'cogcommit'::regnamespace and has_function_privilege('authenticated', oid, 'execute') and (provolatile = 'v' or prosecdef)"));
        Assert.Null(await Cloud.ScalarAsync(
            "select string_agg(proname, ',') from pg_proc where pronamespace in ('public'::regnamespace, 'cogcommit'::regnamespace) and has_function_privilege('anon', oid, 'execute')"));
        Assert.Equal("cogcommit_delete_account,cogcommit_pictures,cogcommit_push,cogcommit_wipe", await Cloud.ScalarAsync("select string_agg(proname, ',' order by proname) from pg_proc where pronamespace = 'public'::regnamespace and prosecdef and proconfig = '{\"search_path=pg_catalog, pg_temp\"}'"));
    }

    [Fact]
    public async Task Pull_and_digest_give_only_the_callers_rows()
    {
        var (user, other) = (await FilledAsync(), await Cloud.AddUserAsync());
        Assert.NotEmpty((await user.PullAsync())["turns"]!.AsArray());
        var page = await other.PullAsync();
        Assert.All(new[] { "projects", "machines", "commits", "sessions", "turns", "visuals" }, kind => Assert.Empty(page[kind]!.AsArray()));
        Assert.Empty((await other.DigestAsync())["commits"]!.AsArray());
    }

    [Fact]
    public async Task A_picture_goes_only_where_a_live_row_of_its_user_says()
    {
        var user = await FilledAsync();
        var other = await FilledAsync();
        var path = (string)(await user.PullAsync())["visuals"]![0]!["path"]!;
        Assert.StartsWith($"{user.Id}/", path, StringComparison.Ordinal);
        Assert.EndsWith(".png", path, StringComparison.Ordinal);

        const string Insert = "insert into storage.objects (bucket_id, name) values ('visuals', $1) returning name";
        const string Count = "select count(*) from storage.objects where bucket_id = 'visuals' and name = $1";
        Assert.Equal(InsufficientPrivilege, await StateAsync(other, Insert, path));
        Assert.Equal(InsufficientPrivilege, await StateAsync(user, Insert, path + "x"));
        Assert.Equal(InsufficientPrivilege, await StateAsync(user, Insert, $"{user.Id}/free.png"));
        Assert.Equal(path, await user.ScalarAsync(Insert, path));
        Assert.Equal("1", await user.ScalarAsync(Count, path));
        Assert.Equal("0", await other.ScalarAsync(Count, path));
        Assert.Equal("0", await Cloud.ScalarAsync("anon", null, Count, path));

        const string Delete = "with gone as (delete from storage.objects where name = $1 returning 1) select count(*) from gone";
        Assert.Equal("0", await user.ScalarAsync(Delete, path));
        var visual = (await user.PullAsync())["visuals"]![0]!.DeepClone().AsObject();
        (visual["version"], visual["deleted_at"]) = (2, "2026-02-12T00:00:00.000000Z");
        await user.PushAsync(Of(("visuals", visual)));
        Assert.Equal("0", await other.ScalarAsync(Delete, path));
        Assert.Equal("1", await user.ScalarAsync(Delete, path));
        Assert.Equal(InsufficientPrivilege, await StateAsync(user, Insert, path));
    }

    [Fact]
    public async Task The_bucket_is_private() =>
        Assert.Equal("False", await Cloud.ScalarAsync("select public from storage.buckets where id = 'visuals'"));

    [Fact]
    public async Task A_push_is_announced_on_the_users_own_topic_and_only_they_hear_it()
    {
        var (user, other) = (await FilledAsync(), await Cloud.AddUserAsync());
        Assert.Equal("{\"seq\": 1}", await HeardAsync(user, $"user:{user.Id}"));
        Assert.Null(await HeardAsync(other, $"user:{user.Id}"));
        Assert.Null(await HeardAsync(user, "user:elsewhere"));

        Task<string?> HeardAsync(CloudUserSession listener, string topic) => Cloud.ActAsync("authenticated", listener.Claims, async connection =>
        {
            await CloudDatabase.ScalarAsync(connection, "select set_config('realtime.topic', $1, true)", topic);
            return await CloudDatabase.ScalarAsync(
                connection, "select payload - 'push_id' from realtime.messages where topic = $1 and event = 'push' and private order by inserted_at limit 1", $"user:{user.Id}");
        });
    }

    private async Task<CloudUserSession> FilledAsync()
    {
        var user = await Cloud.AddUserAsync();
        var (commit, _, _, batch) = Whole();
        batch["visuals"]!.AsArray().Add(Visual(NewId(), commit).Row);
        await user.PushAsync(batch);
        return user;
    }

    private async Task<string?> StateAsync(string role, string sql) =>
        (await Record.ExceptionAsync(() => Cloud.ScalarAsync(role, null, sql)) as PostgresException)?.SqlState;

    private static async Task<string?> StateAsync(CloudUserSession user, string sql, string parameter) =>
        (await Record.ExceptionAsync(() => user.ScalarAsync(sql, parameter)) as PostgresException)?.SqlState;
}
