using System.Text.Json.Nodes;
using static CogCommit.Cloud.Tests.Sql.Batch;

namespace CogCommit.Cloud.Tests.Sql;

public sealed class PullTests(PostgresFixture postgres) : SqlTests(postgres)
{
    [Fact]
    public async Task Who_has_nothing_pulls_an_empty_page()
    {
        var page = await (await Cloud.AddUserAsync()).PullAsync();
        Assert.True((bool)page["known"]!);
        Assert.False((bool)page["more"]!);
        Assert.Null(page["cursor"]);
        foreach (var kind in new[] { "projects", "machines", "commits", "sessions", "turns", "visuals" })
        {
            Assert.Empty(page[kind]!.AsArray());
        }
    }

    // Five pushes of one size; max_bytes for k of them, one byte less, one byte more.
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, -1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(2, -1, 1)]
    [InlineData(2, 0, 2)]
    [InlineData(2, 1, 2)]
    [InlineData(4, 0, 4)]
    [InlineData(5, -1, 4)]
    [InlineData(5, 0, 5)]
    [InlineData(10, 0, 5)]
    public async Task A_page_holds_whole_pushes_as_many_as_fit_and_at_least_one(int pushes, int more, int expected)
    {
        var user = await Cloud.AddUserAsync();
        await user.PushAsync(Of());
        var wholes = Enumerable.Range(0, 5).Select(_ => Whole()).ToList();
        List<string?> names = [];
        foreach (var whole in wholes)
        {
            names.Add((string?)(await user.PushAsync(whole.Batch))["push_id"]);
        }

        await Cloud.ScalarAsync("update sync_pushes set bytes = 1000 where user_id = $1", user.Id);
        var page = await user.PullAsync(null, (pushes * 1000) + more);
        Assert.Equal(expected, page["turns"]!.AsArray().Count);
        Assert.Equal(expected, (int)page["cursor"]!["seq"]!);
        Assert.Equal(names[expected - 1], (string?)page["cursor"]!["push_id"]);
        Assert.Equal(expected < 5, (bool)page["more"]!);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public async Task Pages_together_hold_every_row_once(int pushes)
    {
        var user = await Cloud.AddUserAsync();
        var turns = new List<string>();
        for (var i = 0; i < pushes; i++)
        {
            var whole = Whole();
            turns.Add(whole.Turn);
            await user.PushAsync(whole.Batch);
        }

        var pulled = new List<string>();
        JsonNode? cursor = null;
        JsonObject page;
        do
        {
            page = await user.PullAsync(cursor, 1);
            pulled.AddRange(page["turns"]!.AsArray().Select(turn => (string)turn!["id"]!));
            cursor = page["cursor"];
        }
        while ((bool)page["more"]!);

        Assert.Equal(turns, pulled);
        if (pushes > 0)
        {
            var end = await user.PullAsync(cursor);
            Assert.Empty(end["turns"]!.AsArray());
            Assert.Equal(cursor!.ToJsonString(), end["cursor"]!.ToJsonString());
        }
    }

    [Fact]
    public async Task A_row_comes_with_its_current_ancestors_and_the_names_they_use()
    {
        var user = await Cloud.AddUserAsync();
        var (commit, session, _, batch) = Whole();
        batch["projects"] = new JsonArray(new JsonObject { ["name"] = "demo", ["remote_url"] = "https://example.org/demo" });
        batch["machine"] = new JsonObject { ["machine_id"] = "m1", ["name"] = "desk" };
        await user.PushAsync(batch);
        var cursor = (await user.PullAsync())["cursor"];
        await user.PushAsync(Of(Turn(NewId(), session)));
        var page = await user.PullAsync(cursor);
        Assert.Single(page["turns"]!.AsArray());
        Assert.Equal(commit, (string?)page.Row("sessions", session)!["commit_id"]);
        Assert.NotNull(page.Row("commits", commit)!["curated"]);
        Assert.Equal("""[{"name":"demo","remote_url":"https://example.org/demo"}]""", page["projects"]!.ToJsonString());
        Assert.Equal("desk", (string?)Assert.Single(page["machines"]!.AsArray())!["name"]);

        cursor = page["cursor"];
        await user.PushAsync(Of(Visual(NewId(), commit)));
        page = await user.PullAsync(cursor);
        Assert.Single(page["visuals"]!.AsArray());
        Assert.NotNull(page.Row("commits", commit));
        Assert.Empty(page["sessions"]!.AsArray());
    }

    [Fact]
    public async Task A_device_whose_cursor_is_right_before_its_push_gets_nothing_echoed()
    {
        var user = await Cloud.AddUserAsync();
        await user.PushAsync(Whole().Batch);
        var cursor = (await user.PullAsync())["cursor"]!;
        var batch = Whole().Batch;
        var answer = await user.PushAsync(batch);
        Assert.Equal((int)cursor["seq"]!, (int)answer["before"]!);
        var page = await user.PullAsync(new JsonObject { ["seq"] = answer["seq"]!.DeepClone(), ["push_id"] = answer["push_id"]!.DeepClone() });
        Assert.True((bool)page["known"]!);
        Assert.Empty(page["turns"]!.AsArray());
    }

    [Fact]
    public async Task A_row_that_changed_again_comes_once_with_its_last_push()
    {
        var user = await Cloud.AddUserAsync();
        var (_, session, turn, batch) = Whole();
        await user.PushAsync(batch);
        await user.PushAsync(Of(Turn(turn, session, "longer", "2")));
        var first = await user.PullAsync(null, 1);
        Assert.Empty(first["turns"]!.AsArray());
        Assert.True((bool)first["more"]!);
        Assert.Equal("longer", (string?)(await user.PullAsync(first["cursor"], 1)).Row("turns", turn)!["content"]);
    }

    [Theory]
    [InlineData("""{"seq": 1, "push_id": "0f8fad5b-d9cb-469f-a165-70867728950e"}""")]
    [InlineData("""{"seq": 99, "push_id": "0f8fad5b-d9cb-469f-a165-70867728950e"}""")]
    [InlineData("""{"seq": 1, "push_id": null}""")]
    [InlineData("""{"seq": 1, "push_id": 7}""")]
    public async Task A_restored_cloud_does_not_know_the_cursor_and_sends_nothing(string cursor)
    {
        var user = await Cloud.AddUserAsync();
        await user.PushAsync(Whole().Batch);
        var page = await user.PullAsync(JsonNode.Parse(cursor));
        Assert.False((bool)page["known"]!);
        Assert.Null(page["cursor"]);
        Assert.False((bool)page["more"]!);
        Assert.Empty(page["turns"]!.AsArray());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{"seq": "1"}""")]
    [InlineData("""{"seq": -1}""")]
    public async Task A_cursor_that_is_none_raises(string cursor)
    {
        var user = await Cloud.AddUserAsync();
        var raised = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => user.PullAsync(JsonNode.Parse(cursor)));
        Assert.Equal("22023", raised.SqlState);
    }

    [Fact]
    public async Task The_digest_is_the_md5_of_the_sorted_lines_of_a_live_commit()
    {
        var user = await Cloud.AddUserAsync();
        var (commit, session, turn, batch) = Whole();
        var gone = Whole();
        await user.PushAsync(batch);
        await user.PushAsync(gone.Batch);
        await user.PushAsync(Of(Commit(gone.Commit, curated: Curated(2, but: row => row["deleted_at"] = row["updated_at"]!.DeepClone()))));
        var digest = Assert.Single((await user.DigestAsync())["commits"]!.AsArray())!;
        var lines = $"commit:{commit}:a\ncurated:{commit}:a\nsession:{session}:a\nturn:{turn}:a";
#pragma warning disable CA5351 // The protocol's digest: it tells apart, it protects nothing.
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(System.Text.Encoding.UTF8.GetBytes(lines))), (string?)digest["digest"]);
#pragma warning restore CA5351
        Assert.Equal((commit, 4), ((string?)digest["id"], (int)digest["rows"]!));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Digests_page_in_order_of_id(int rows)
    {
        var user = await Cloud.AddUserAsync();
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            var whole = Whole();
            ids.Add(whole.Commit);
            await user.PushAsync(whole.Batch);
        }

        var seen = new List<string>();
        JsonObject page;
        do
        {
            page = await user.DigestAsync(seen.LastOrDefault(), rows);
            Assert.InRange(page["commits"]!.AsArray().Count, 1, rows);
            seen.AddRange(page["commits"]!.AsArray().Select(commit => (string)commit!["id"]!));
        }
        while ((bool)page["more"]!);
        Assert.Equal(ids.Order(StringComparer.Ordinal), seen);
    }

    [Fact]
    public async Task Pushes_of_one_user_commit_one_after_the_other_and_each_gets_its_own_number()
    {
        var user = await Cloud.AddUserAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => user.PushAsync(Whole().Batch)));
        Assert.Equal(Enumerable.Range(1, 8), answers.Select(answer => (int)answer["seq"]!).Order());
        Assert.All(answers, answer => Assert.Equal((int)answer["seq"]! - 1, (int)answer["before"]!));
    }
}
