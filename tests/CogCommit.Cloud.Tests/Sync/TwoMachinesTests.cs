using CogCommit.Core.Sync;

namespace CogCommit.Cloud.Tests.Sync;

public class TwoMachinesTests(SyncDatabase database) : SyncTests(database)
{
    private static readonly Talk Talk = Talk.Of("one", "do it", "done", "and this", "done too") with { Cuts = [2] };

    [Fact]
    public async Task What_one_machine_has_the_other_gets()
    {
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(Talk);
        var pushed = await a.SyncAsync();
        var pulled = await b.SyncAsync();
        Assert.Equal((2, 4, 0, false), (pushed.Pushed, pushed.Turns, pushed.Failed, pushed.Offline));
        Assert.Equal((2, 4, 0), (pulled.Pulled, pulled.TurnsReceived, pulled.Pushed));
        Assert.Equal(4, b.Count("turns"));
        Assert.Equal("synced", b.SyncStatus(Device.CommitsOf(Talk)[0]));
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task What_arrives_can_be_searched_and_is_counted()
    {
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(Talk);
        await a.PushAsync();
        await b.PullAsync();
        Assert.Equal(1, b.Scalar<long>("select count(*) from turn_index where turn_index match 'prompt: \"do it\"'"));
        Assert.Equal("2/1/1", b.Scalar<string>(
            "select turn_count || '/' || prompt_count || '/' || session_count from cognitive_commits where id = $id", ("$id", Device.CommitsOf(Talk)[1])));
        Assert.Equal("https://example.org/demo", b.Scalar<string>("select remote_url from projects where name = 'demo'"));
        Assert.Equal(2, b.Count("machines"));
    }

    [Fact]
    public async Task Three_machines_with_something_of_their_own_end_alike()
    {
        Device[] devices = [NewDevice(), NewDevice(), NewDevice()];
        for (var i = 0; i < devices.Length; i++)
        {
            devices[i].Import(Talk.Of($"session {i}", "prompt", "answer"));
        }

        for (var round = 0; round < 2; round++)
        {
            foreach (var device in devices)
            {
                await device.SyncAsync();
            }
        }

        Assert.All(devices, device => Assert.Equal(3, device.Count("cognitive_commits")));
        await AssertSameEverywhereAsync(devices);
    }

    [Fact]
    public async Task The_same_transcript_imported_on_two_machines_is_no_conflict()
    {
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(Talk);
        b.Import(Talk);
        await a.SyncAsync();
        var second = await b.SyncAsync();
        Assert.Equal((0, 0, 0), (second.Conflicts, second.Failed, second.Turns));
        Assert.Empty(Conflict.List(b.Store, resolvedToo: true));
        Assert.Equal(1, (await a.SyncAsync()).Requests);
        await AssertSameEverywhereAsync(a, b);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_longer_transcript_wins_whoever_is_first(bool longerFirst)
    {
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(Talk.Grown(longerFirst ? 7 : 3));
        b.Import(Talk.Grown(longerFirst ? 3 : 7));
        await a.SyncAsync();
        await b.SyncAsync();
        await a.SyncAsync();
        Assert.Equal(7, a.Count("turns"));
        Assert.Equal(7, b.Count("turns"));
        Assert.Equal(0, await Database.CountAsync(User, "turns") - 7);
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task A_growing_session_that_both_machines_import_stays_one()
    {
        var (a, b) = (NewDevice(), NewDevice());
        for (var turns = 1; turns <= 6; turns++)
        {
            var device = turns % 2 == 0 ? a : b;
            device.Import(Talk.Grown(turns));
            await device.SyncAsync();
        }

        await b.SyncAsync();
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task An_explicit_boundary_moves_turns_on_every_machine()
    {
        var (a, b) = (NewDevice(), NewDevice());
        var whole = Talk.Of("cut later", "one", "answer one", "two", "answer two");
        a.Import(whole);
        await a.SyncAsync();
        b.Import(whole);
        await b.SyncAsync();
        var cut = whole with { Boundaries = [2] };
        a.Import(cut);
        await a.SyncAsync();
        await b.SyncAsync();
        Assert.Equal(2, b.Count("cognitive_commits"));
        Assert.Equal(2, b.Scalar<long>("select turn_count from cognitive_commits where id = $id", ("$id", Device.CommitsOf(cut)[0])));
        Assert.Equal("explicit", b.Scalar<string>("select closed_by from cognitive_commits where id = $id", ("$id", Device.CommitsOf(cut)[0])));
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task A_commit_that_lost_all_its_turns_goes_on_every_machine()
    {
        var (a, b) = (NewDevice(), NewDevice());
        var cut = Talk.Of("joined later", "one", "answer one", "two", "answer two");
        a.Import(cut with { Cuts = [2] });
        await a.SyncAsync();
        await b.SyncAsync();
        // An earlier fork has it all in one commit; the boundary count stands for its greater revision.
        var joined = cut with { Start = cut.Start.AddDays(-1) };
        a.Import(joined);
        await a.SyncAsync();
        await b.SyncAsync();
        Assert.Equal(1, a.Count("cognitive_commits"));
        Assert.Equal(1, b.Count("cognitive_commits"));
        Assert.Equal(1, b.Count("sessions"));
        var fresh = NewDevice();
        await fresh.SyncAsync();
        Assert.Equal(1, fresh.Count("cognitive_commits"));
        await AssertSameEverywhereAsync(a, b, fresh);
    }

    [Fact]
    public async Task Parallel_stays_once_any_machine_has_seen_it()
    {
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(Talk with { Parallel = true });
        b.Import(Talk);
        await b.SyncAsync();
        await a.SyncAsync();
        await b.SyncAsync();
        Assert.Equal(1, b.Scalar<long>("select min(parallel) from cognitive_commits"));
        await AssertSameEverywhereAsync(a, b);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2_000)]
    public async Task However_small_the_batches_and_pages_everything_arrives(int bytes)
    {
        var limits = new BatchLimits(Rows: bytes == 1 ? 4 : 7, Bytes: bytes, RowBytes: 4_000_000);
        var (a, b) = (NewDevice(limits), NewDevice(limits));
        b.Cloud.PageBytes = bytes;
        a.Import(Talk.Grown(11));
        a.Import(Talk.Of("other", "x").Grown(5));
        var pushed = await a.SyncAsync();
        var pulled = await b.SyncAsync();
        Assert.True(pushed.Requests > 3, $"{pushed.Requests} requests");
        Assert.True(pulled.Requests > 3, $"{pulled.Requests} requests");
        Assert.Equal(16, b.Count("turns"));
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task Two_processes_of_one_machine_may_sync_at_once()
    {
        var limits = new BatchLimits(Rows: 5, Bytes: 1_000_000, RowBytes: 4_000_000);
        var (a, b) = (NewDevice(limits), NewDevice(limits));
        b.Import(Talk.Of("theirs").Grown(20));
        await b.SyncAsync();
        a.Import(Talk.Grown(20));
        a.Cloud.PageBytes = 1;
        await Task.WhenAll(a.SyncAsync(), a.SyncAsync(), a.SyncAsync());
        await a.SyncAsync();
        await b.SyncAsync();
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task What_is_known_of_a_visual_travels_with_its_place_in_the_cloud()
    {
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(Talk);
        a.Store.Write(transaction => transaction.Execute(
            """
            insert into visuals (id, commit_id, turn_id, type, mime, content_hash, byte_size, path, captured_at, rev, hash, updated_at, change_seq)
            values ('0b0e7a4e-5f0e-4c37-9d59-000000000001', $commit, $turn, 'screenshot', 'image/png', $hash, 10, 'here.png', $at, '1', 'h', $at, $change)
            """,
            ("$hash", new string('a', 64)), ("$commit", Device.CommitsOf(Talk)[0]), ("$turn", Device.TurnId(Talk, 0)), ("$at", Talk.Start), ("$change", transaction.NextChange())));
        await a.SyncAsync();
        await b.SyncAsync();
        Assert.EndsWith(".png", b.Scalar<string>("select cloud_url from visuals"), StringComparison.Ordinal);
        Assert.Equal("", b.Scalar<string>("select path from visuals"));
        Assert.Equal(1, (await a.SyncAsync()).Requests);
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task Deep_and_foreign_texts_travel_unchanged()
    {
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(Talk.Of("texts", "naïve 😀 中文 \u2028 \"quoted\" \\ \t \u0001", "answer"));
        var deep = string.Concat(Enumerable.Repeat("[", 250)) + "1.10" + string.Concat(Enumerable.Repeat("]", 250));
        a.Store.Write(transaction => transaction.Execute(
            "update turns set tool_calls = $calls where role = 'assistant'",
            ("$calls", $$"""[{"id":"t","name":"x","input":{"deep":{{deep}},"a":1e3,"":""},"result":"<&>","isError":true}]""")));
        await a.SyncAsync();
        await b.SyncAsync();
        Assert.Equal(a.Scalar<string>("select content from turns where role = 'user'"), b.Scalar<string>("select content from turns where role = 'user'"));
        Assert.Contains(deep, b.Scalar<string>("select tool_calls from turns where role = 'assistant'"), StringComparison.Ordinal);
    }
}
