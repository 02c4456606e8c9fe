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
    public async Task A_picture_that_is_larger_than_its_row_says_is_followed_by_none_beyond_the_limit()
    {
        await LimitAsync(commits: 10, bytes: 1000);
        var (commit, _, _, batch) = Whole();
        for (var i = 0; i < 20; i++)
        {
            batch["visuals"]!.AsArray().Add(Visual(NewId(), commit, byteSize: 0).Row);
        }

        await PushAsync(batch);
        var paths = (await Attacker.PullAsync())["visuals"]!.AsArray().Select(visual => (string)visual!["path"]!).ToList();
        var stored = 0;
        foreach (var path in paths)
        {
            // As Storage does: the object's row as the caller, its true size in the metadata.
            stored += await TryAsync("insert into storage.objects (bucket_id, name, metadata) values ('visuals', $1, '{\"size\": 400}') returning name", path) == path ? 1 : 0;
        }

        Assert.Equal(3, stored);
        // Nor by writing over one that was small, nor by deleting the row and leaving the object.
        Assert.StartsWith("42501", await TryAsync("update storage.objects set metadata = '{\"size\": 40000}' where name = $1", paths[0]), StringComparison.Ordinal);
        var gone = (await Attacker.PullAsync())["visuals"]!.AsArray().Single(visual => (string)visual!["path"]! == paths[0])!.DeepClone();
        (gone["version"], gone["deleted_at"]) = (2, Deleted);
        await PushAsync(Of(("visuals", gone)));
        Assert.StartsWith("42501", await TryAsync("insert into storage.objects (bucket_id, name, metadata) values ('visuals', $1, '{\"size\": 400}')", paths[10]), StringComparison.Ordinal);
        // Removing it makes room.
        Assert.Equal(paths[0], await TryAsync("delete from storage.objects where name = $1 returning name", paths[0]));
        Assert.Equal(paths[10], await TryAsync("insert into storage.objects (bucket_id, name, metadata) values ('visuals', $1, '{\"size\": 400}') returning name", paths[10]));
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
