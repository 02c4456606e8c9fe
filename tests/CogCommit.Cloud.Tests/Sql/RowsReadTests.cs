using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using static CogCommit.Cloud.Tests.Sql.Batch;

namespace CogCommit.Cloud.Tests.Sql;

/// <summary>What a call reads is what it is about: neither the user's history nor anybody else's.</summary>
public sealed class RowsReadTests(PostgresFixture postgres) : SqlTests(postgres)
{
    // Among so few rows one plan may look a row or two up more than another.
    private const long Few = 5;

    private const string OnePush = "select public.cogcommit_push($1) #>> '{results,turns,0,status}'";

    [Fact]
    public async Task With_nothing_new_a_pull_reads_as_much_behind_a_long_history_as_behind_a_short_one()
    {
        var (little, much) = (await Cloud.AddUserAsync(), await Cloud.AddUserAsync());
        await FillAsync(little, commits: 3, turns: 1);
        await FillAsync(much, commits: 300, turns: 10, together: 10);
        await AddOthersAsync("some");
        var read = await PullAsync(little, 3);
        Assert.Equal(read, await PullAsync(much, 30));
        Assert.InRange(read, 1, 8);
    }

    [Fact]
    public async Task A_page_reads_its_own_rows_and_what_they_hang_on()
    {
        var (little, much) = (await Cloud.AddUserAsync(), await Cloud.AddUserAsync());
        await FillAsync(little, commits: 20, turns: 10);
        // A page as long as the other's, in the midst of a long history.
        await FillAsync(much, commits: 150, turns: 10, together: 10);
        await FillAsync(much, commits: 10, turns: 10);
        await FillAsync(much, commits: 140, turns: 10, together: 10);
        await AddOthersAsync("some");
        var read = await PullAsync(little, 1);
        // Ten turns, looked at for their session and for themselves.
        Assert.InRange(read, 20, 120);
        Assert.InRange(await PullAsync(much, 20), 0, read + Few);
        await AddOthersAsync("more");
        Assert.InRange(await PullAsync(little, 1), 0, read + Few);
        Assert.InRange(await PullAsync(much, 20), 0, read + Few);
    }

    [Fact]
    public async Task One_new_turn_reads_as_much_in_a_long_history_as_in_a_short_one()
    {
        var (little, much) = (await Cloud.AddUserAsync(), await Cloud.AddUserAsync());
        await FillAsync(little, commits: 3, turns: 10);
        await FillAsync(much, commits: 300, turns: 10, together: 10);
        await AddOthersAsync("some");
        var read = await PushAsync(little);
        Assert.InRange(read, 1, 100);
        Assert.InRange(await PushAsync(much), 0, read + Few);
        await AddOthersAsync("more");
        Assert.InRange(await PushAsync(much), 0, read + Few);

        // And in a session of thousands.
        await Cloud.ScalarAsync(
            """
            insert into public.turns (id, user_id, local_id, session_id, seq, ordinal, role, content, timestamp, rev, hash, bytes)
            select gen_random_uuid(), t.user_id, gen_random_uuid(), t.session_id, t.seq, 100 + n, t.role, t.content, t.timestamp, t.rev, t.hash, t.bytes
            from (select * from public.turns where session_id = (select id from public.sessions where user_id = $1 order by seq, id limit 1) limit 1) t, generate_series(1, 5000) n
            """,
            much.Id);
        await Cloud.ScalarAsync("analyze");
        Assert.InRange(await PushAsync(much), 0, read + Few);
    }

    /// <summary>A first history comes into a cloud that is new: its sessions made their plans when all ways looked alike.</summary>
    [Fact]
    public async Task What_was_planned_where_there_was_little_reads_no_more_when_there_is_much()
    {
        var user = await Cloud.AddUserAsync();
        await FillAsync(user, commits: 3, turns: 1);
        var batch = await OneTurnMoreAsync(user);
        var (before, after) = await Cloud.ActAsync("authenticated", user.Claims, async connection =>
        {
            var read = await RowsReadAsync(connection, OnePush, batch);
            await FillAsync(user, commits: 300, turns: 1, together: 10);
            return (read, await RowsReadAsync(connection, OnePush, batch));
        });
        Assert.InRange(before, 1, 100);
        // Walks that are made once: PostgreSQL's own look for a parent, and the one for what was purged.
        Assert.InRange(after, 0, before + (2 * 300) + Few);
    }

    private Task<long> PullAsync(CloudUserSession user, int seq) => RowsReadAsync(
        user,
        "select length(public.cogcommit_pull((select jsonb_build_object('seq', seq, 'push_id', push_id) from public.sync_pushes where user_id = $1 and seq = $2), 1)::text)::text",
        user.Id,
        (long)seq);

    /// <summary>One turn more in the user's oldest session; taken back, so that it is new again.</summary>
    private async Task<long> PushAsync(CloudUserSession user)
    {
        var batch = await OneTurnMoreAsync(user);
        return await RowsReadAsync(user, OnePush, batch);
    }

    private async Task<JsonObject> OneTurnMoreAsync(CloudUserSession user)
    {
        var ids = (await Cloud.ScalarAsync(
            "select s.local_id || ' ' || c.local_id from public.sessions s join public.cognitive_commits c on c.id = s.commit_id where s.user_id = $1 order by s.seq, s.id limit 1", user.Id))!.Split(' ');
        return Of(Commit(ids[1], Captured("2")), Session(ids[0], ids[1], "2"), Turn(NewId(), ids[0]));
    }

    private Task<long> RowsReadAsync(CloudUserSession user, string call, params object[] parameters) =>
        Cloud.ActAsync("authenticated", user.Claims, connection => RowsReadAsync(connection, call, parameters));

    private static async Task<long> RowsReadAsync(NpgsqlConnection connection, string call, params object[] parameters)
    {
        // A table of a few pages is read whole, as it should be; what is asked here is what larger ones cost.
        await CloudDatabase.ScalarAsync(connection, "set local enable_seqscan = off");
        // The first calls make the plans.
        long read = 0;
        for (var i = 0; i < 8; i++)
        {
            await CloudDatabase.ScalarAsync(connection, "savepoint before");
            var before = await CountAsync();
            Assert.NotNull(await CloudDatabase.ScalarAsync(connection, call, parameters));
            read = await CountAsync() - before;
            await CloudDatabase.ScalarAsync(connection, "rollback to savepoint before");
        }

        return read;

        async Task<long> CountAsync() => long.Parse(
            (await CloudDatabase.ScalarAsync(
                connection, "select coalesce(sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)), 0)::text from pg_stat_xact_user_tables where schemaname = 'public'"))!,
            CultureInfo.InvariantCulture);
    }

    /// <summary>A history as pushes leave it, one session in each commit, and so many commits in each push.</summary>
    private async Task FillAsync(CloudUserSession user, int commits, int turns, int together = 1)
    {
        await Cloud.ScalarAsync("select cogcommit.lock_head($1)::text", user.Id);
        await Cloud.ScalarAsync("update public.user_quotas set commit_limit = 1000000 where user_id = $1", user.Id);
        foreach (var some in Enumerable.Range(0, commits).Chunk(together))
        {
            await user.PushAsync(Of(some.SelectMany(_ => Rows(NewId(), NewId())).ToList()));
        }

        IEnumerable<(string, JsonNode)> Rows(string commit, string session) =>
            [Commit(commit, Captured(), Curated()), Session(session, commit), .. Enumerable.Range(0, turns).Select(_ => Turn(NewId(), session))];
    }

    /// <summary>Two hundred users with a hundred turns each, and what the planner has to know of them.</summary>
    private async Task AddOthersAsync(string kind)
    {
        foreach (var sql in new[]
        {
            "insert into auth.users (id) select md5($1 || n)::uuid from generate_series(1, 200) n",
            "insert into public.user_profiles (id) select md5($1 || n)::uuid from generate_series(1, 200) n",
            "insert into public.user_quotas (user_id) select md5($1 || n)::uuid from generate_series(1, 200) n",
            "insert into public.sync_heads (user_id, seq) select md5($1 || n)::uuid, 10 from generate_series(1, 200) n",
            "insert into public.sync_pushes (user_id, seq, push_id, batch_id, rows, bytes) select md5($1 || n)::uuid, k, gen_random_uuid(), gen_random_uuid(), 1, 1 from generate_series(1, 200) n, generate_series(1, 10) k",
            """
            insert into public.cognitive_commits (id, user_id, local_id, seq, started_at, closed_at, closed_by)
            select md5($1 || n || ' ' || k)::uuid, md5($1 || n)::uuid, md5(k::text)::uuid, k, now(), now(), 'git_commit' from generate_series(1, 200) n, generate_series(1, 10) k
            """,
            """
            insert into public.sessions (id, user_id, local_id, commit_id, seq, started_at, ended_at)
            select md5($1 || n || ' ' || k)::uuid, md5($1 || n)::uuid, md5(k::text)::uuid, md5($1 || n || ' ' || k)::uuid, k, now(), now() from generate_series(1, 200) n, generate_series(1, 10) k
            """,
            """
            insert into public.turns (id, user_id, local_id, session_id, seq, role, timestamp)
            select md5($1 || n || ' ' || k || ' ' || i)::uuid, md5($1 || n)::uuid, md5(k || ' ' || i)::uuid, md5($1 || n || ' ' || k)::uuid, k, 'user', now()
            from generate_series(1, 200) n, generate_series(1, 10) k, generate_series(1, 10) i
            """,
        })
        {
            await Cloud.ScalarAsync(sql, kind);
        }

        await Cloud.ScalarAsync("analyze");
    }
}
