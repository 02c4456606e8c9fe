using System.Text.Json.Nodes;
using CogCommit.Cloud.Tests.Sql;
using static CogCommit.Cloud.Tests.Sql.Batch;

namespace CogCommit.Cloud.Tests.Attacks;

/// <summary>Getting more room than one has.</summary>
public sealed class QuotaAttackTests(PostgresFixture postgres) : AttackTests(postgres)
{
    private const string Deleted = "2026-02-12T00:00:00.000000Z";

    [Theory]
    [InlineData("update public.user_quotas set commit_limit = 1000000")]
    [InlineData("update public.user_quotas set storage_limit_bytes = 1000000000000 where user_id = auth.uid()")]
    [InlineData("insert into public.user_quotas (user_id, commit_limit) values (auth.uid(), 1000000)")]
    [InlineData("insert into public.user_quotas (user_id, commit_limit) values (auth.uid(), 1000000) on conflict (user_id) do update set commit_limit = excluded.commit_limit")]
    [InlineData("delete from public.user_quotas")]
    [InlineData("merge into public.user_quotas q using (select auth.uid() as u) x on q.user_id = x.u when matched then update set tier = 'own'")]
    [InlineData("update public.sync_heads set bytes = -1000000000, commits = -1000")]
    [InlineData("update public.cognitive_commits set bytes = 0, visual_bytes = 0, deleted_at = now()")]
    [InlineData("update public.visuals set bytes = 0")]
    [InlineData("delete from public.turns")]
    [InlineData("select cogcommit.weigh_objects(auth.uid())")]
    [InlineData("select cogcommit.purge(auth.uid(), 1)")]
    [InlineData("select cogcommit.lock_head(auth.uid())")]
    [InlineData("update storage.buckets set file_size_limit = null, public = true where id = 'visuals'")]
    [InlineData("insert into storage.buckets (id, name, public) values ('mine', 'mine', true)")]
    public async Task No_statement_raises_it(string sql)
    {
        await Attacker.PushAsync(Whole().Batch);
        var before = await QuotaAsync();
        var answer = await TryAsync(sql);
        Assert.True(answer == "null" || answer.StartsWith("42501", StringComparison.Ordinal), answer);
        Assert.Equal(before, await QuotaAsync());
        Assert.Equal("visuals,False,52428800", await Cloud.ScalarAsync("select string_agg(id || ',' || public::text || ',' || file_size_limit, ';') from storage.buckets") is { } b ? b.Replace("false", "False", StringComparison.Ordinal) : null);
    }

    [Fact]
    public async Task A_size_that_lies_or_is_below_nothing_makes_no_room()
    {
        await LimitAsync(commits: 100, bytes: 1000);
        var (commit, session, turn, batch) = Whole(new string('x', 900));
        await PushAsync(batch);
        foreach (var size in new[] { "-1", "-9223372036854775808", "52428801", "1e30", "\"0\"", "0.5" })
        {
            var visual = NewId();
            var lying = JsonNode.Parse(Of(Visual(visual, commit)).ToJsonString().Replace("\"byte_size\":10", "\"byte_size\":" + size, StringComparison.Ordinal))!.AsObject();
            Assert.Equal("refused", (await PushAsync(lying)).Status("visuals", visual));
        }

        foreach (var told in new[] { -5L, 0L, 1L })
        {
            var more = Whole(new string('y', 200));
            more.Batch["commits"]![0]!["captured"]!["bytes"] = told;
            more.Batch["commits"]![0]!["captured"]!["turn_count"] = 0;
            Assert.Contains((await PushAsync(more.Batch)).Status("turns", more.Turn), new[] { "over_limit", "parent_missing" });
        }

        // What is stored counts, whatever the commit says of itself.
        var empty = Of(Commit(commit, Captured("2", but: row => (row["turn_count"], row["bytes"]) = (0, 0))));
        await PushAsync(empty);
        Assert.Equal("1 900", await UsedAsync());
        var larger = NewId();
        Assert.Equal("over_limit", (await PushAsync(Of(Turn(larger, session, new string('z', 101))))).Status("turns", larger));
        Assert.Equal("over_limit", (await PushAsync(Of(Turn(turn, session, new string('z', 1001), "2")))).Status("turns", turn));
    }

    [Fact]
    public async Task Deleting_moving_and_bringing_back_in_any_order_never_holds_more_than_the_limit_alive()
    {
        await LimitAsync(commits: 2, bytes: 1000);
        var one = Whole(new string('a', 900));
        await PushAsync(one.Batch);

        // Deleted, and what was in it moved on: freed once, not twice.
        var (other, third) = (Whole(new string('b', 5)), Whole(new string('c', 900), "2025-01-01T00:00:00.000000Z"));
        var batch = Of(
            [Commit(one.Commit, curated: Curated(2, but: row => row["deleted_at"] = Deleted)), .. Rows(other.Batch), Turn(one.Turn, other.Session, new string('a', 900), "2"), .. Rows(third.Batch)]);
        await PushAsync(batch);
        await WithinAsync(1000, 2);

        for (var version = 3; version < 12; version++)
        {
            var revive = version % 2 == 1;
            var more = Whole(new string('d', 700));
            await PushAsync(Of([Commit(one.Commit, curated: Curated(version, but: row => row["deleted_at"] = revive ? null : Deleted)), .. Rows(more.Batch)]));
            await WithinAsync(1000, 2);
            await PushAsync(Of(Turn(one.Turn, revive ? one.Session : more.Session, new string('a', 950), "1" + version)));
            await WithinAsync(1000, 2);
        }
    }

    [Fact]
    public async Task A_picture_that_is_larger_than_its_row_says_goes_nowhere()
    {
        await LimitAsync(commits: 10, bytes: 1000);
        var paths = await PathsAsync(3, byteSize: 100);
        Assert.StartsWith("42501", await TryAsync(Insert(101), paths[0]), StringComparison.Ordinal);
        // Before it has the picture Storage says what it was told.
        Assert.StartsWith("42501", await TryAsync("insert into storage.objects (bucket_id, name, metadata) values ('visuals', $1, '{\"contentLength\": 101}')", paths[0]), StringComparison.Ordinal);
        Assert.Equal(paths[0], await TryAsync(Insert(100), paths[0]));
        Assert.StartsWith("42501", await TryAsync("update storage.objects set metadata = '{\"size\": 101}' where name = $1", paths[0]), StringComparison.Ordinal);
        // Nor as Storage's own role, to which it comes when it was told less than there was.
        Assert.Equal("42501", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => Cloud.ScalarAsync(Insert(101), paths[1]))).SqlState);
        Assert.Equal(paths[1], await Cloud.ScalarAsync(Insert(100), paths[1]));
    }

    [Fact]
    public async Task The_objects_of_deleted_rows_count_until_they_are_removed()
    {
        await LimitAsync(commits: 10, bytes: 1000);
        var first = await PathsAsync(2, byteSize: 400);
        foreach (var path in first)
        {
            Assert.Equal(path, await TryAsync(Insert(400), path));
        }

        await DeleteRowAsync(first[0]);
        var next = (await PathsAsync(1, byteSize: 400))[0];
        Assert.StartsWith("42501", await TryAsync(Insert(400), next), StringComparison.Ordinal);
        Assert.Equal(first[0], await TryAsync("delete from storage.objects where name = $1 returning name", first[0]));
        Assert.Equal(next, await TryAsync(Insert(400), next));
        Assert.Equal("null", await TryAsync("delete from storage.objects where name = $1 returning name", next));
    }

    [Fact]
    public async Task Two_pictures_that_are_sent_at_once_come_to_no_more_than_the_limit()
    {
        await LimitAsync(commits: 10, bytes: 1000);
        var first = (await PathsAsync(1, byteSize: 400))[0];
        Assert.Equal(first, await TryAsync(Insert(400), first));
        await DeleteRowAsync(first);
        var both = await PathsAsync(2, byteSize: 400);
        // Both were admitted, as by Storage, before either was there; then Storage writes them as a role that no policy binds.
        await using var one = await Cloud.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var writing = await one.BeginTransactionAsync(TestContext.Current.CancellationToken);
        Assert.Equal(both[0], await CloudDatabase.ScalarAsync(one, Insert(400), both[0]));
        await using var two = await Cloud.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var other = CloudDatabase.ScalarAsync(two, Insert(400), both[1]);
        while (await Cloud.ScalarAsync("select count(*) from pg_stat_activity where pid = $1 and wait_event_type = 'Lock'", two.ProcessID) != "1")
        {
            Assert.False(other.IsCompleted, "it did not wait for the other");
        }

        await writing.CommitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("42501", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => other)).SqlState);
        Assert.Equal("800", await Cloud.ScalarAsync("select sum((metadata ->> 'size')::int) from storage.objects where name like $1 || '/%'", Attacker.Id.ToString()));
    }

    [Fact]
    public async Task What_a_device_asks_of_its_pictures_tells_of_nobody_elses()
    {
        await LimitAsync(commits: 10, bytes: 1000);
        var paths = await PathsAsync(4, byteSize: 10);
        foreach (var path in paths.Take(3))
        {
            await TryAsync(Insert(10), path);
        }

        await DeleteRowAsync(paths[1]);
        await Cloud.ScalarAsync("delete from public.visuals where path = $1", paths[2]);
        var others = (string)(await VictimSession.PullAsync())["visuals"]![0]!["path"]!;
        var asked = new JsonArray([.. paths.Append(others).Select(path => (JsonNode)path), 1, null, new JsonObject()]);
        var answer = await LookAsync();
        Assert.Equal([paths[0], paths[1], paths[2]], answer["stored"]!.AsArray().Select(path => (string)path!).Order(StringComparer.Ordinal).OrderBy(path => paths.IndexOf(path)));
        Assert.Equal([paths[1]], answer["deleted"]!.AsArray().Select(path => (string)path!));
        // A row that is missing since yesterday may come again, from a device that has it.
        Assert.Empty(answer["loose"]!.AsArray());
        await Cloud.ScalarAsync("update storage.objects set created_at = now() - interval '31 days' where name like $1 || '/%'", Attacker.Id.ToString());
        Assert.Equal([paths[2]], (await LookAsync())["loose"]!.AsArray().Select(path => (string)path!));
        // What is loose is removed by its user alone, and nobody adds it again.
        Assert.Null(await VictimSession.ScalarAsync("delete from storage.objects where name = $1 returning name", paths[2]));
        Assert.Equal(paths[2], await TryAsync("delete from storage.objects where name = $1 returning name", paths[2]));
        Assert.StartsWith("42501", await TryAsync(Insert(10), paths[2]), StringComparison.Ordinal);
        Assert.StartsWith("22023", await TryAsync("select public.cogcommit_pictures(to_jsonb($1::text))", "x"), StringComparison.Ordinal);

        async Task<JsonNode> LookAsync() => JsonNode.Parse((await Attacker.ScalarAsync("select public.cogcommit_pictures($1)::text", asked))!)!;
    }

    // As Storage does: the object's row as the caller, its true size in the metadata.
    private static string Insert(int size) => $$"""insert into storage.objects (bucket_id, name, metadata) values ('visuals', $1, '{"size": {{size}}}') returning name""";

    /// <summary>Rows of pictures, in a commit of their own: where their objects go.</summary>
    private async Task<List<string>> PathsAsync(int count, int byteSize)
    {
        var (commit, _, _, batch) = Whole("x");
        for (var i = 0; i < count; i++)
        {
            batch["visuals"]!.AsArray().Add(Visual(NewId(), commit, byteSize: byteSize).Row);
        }

        return [.. (await Attacker.PushAsync(batch))["results"]!["visuals"]!.AsArray().Select(visual => (string)visual!["path"]!)];
    }

    private async Task DeleteRowAsync(string path)
    {
        var gone = (await Attacker.PullAsync())["visuals"]!.AsArray().Single(visual => (string)visual!["path"]! == path)!.DeepClone();
        // Today: what was deleted long ago is purged at once.
        (gone["version"], gone["deleted_at"]) = (2, DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture));
        await PushAsync(Of(("visuals", gone)));
    }

    private static IEnumerable<(string Kind, JsonNode Row)> Rows(JsonObject batch) =>
        new[] { "commits", "sessions", "turns" }.SelectMany(kind => batch[kind]!.AsArray().Select(row => (kind, row!)));

    private async Task LimitAsync(int commits, int bytes)
    {
        await Attacker.PushAsync(Of(("machines", new JsonObject { ["machine_id"] = "m1" })));
        await Cloud.ScalarAsync("update public.user_quotas set commit_limit = $1, storage_limit_bytes = $2 where user_id = $3", commits, bytes, Attacker.Id);
    }

    private Task<string?> QuotaAsync() => Cloud.ScalarAsync("select q::text || h::text from public.user_quotas q join public.sync_heads h using (user_id) where user_id = $1", Attacker.Id);

    private Task<string?> UsedAsync() => Cloud.ScalarAsync("select commits || ' ' || bytes from public.sync_heads where user_id = $1", Attacker.Id);

    /// <summary>As it truly is, counted row by row, and as the head says.</summary>
    private async Task WithinAsync(int bytes, int commits)
    {
        var truly = await Cloud.ScalarAsync(
            """
            select count(distinct c.id) || ' ' || coalesce(sum(octet_length(t.content)), 0)
            from public.cognitive_commits c left join public.sessions s on s.commit_id = c.id left join public.turns t on t.session_id = s.id
            where c.user_id = $1 and c.deleted_at is null and (c.turn_count > 0 or t.id is not null)
            """,
            Attacker.Id);
        Assert.Equal(truly, await UsedAsync());
        var used = truly!.Split(' ').Select(long.Parse).ToArray();
        Assert.True(used[0] <= commits && used[1] <= bytes, truly);
    }
}
