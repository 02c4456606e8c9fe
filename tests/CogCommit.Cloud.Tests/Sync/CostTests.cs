using CogCommit.Core.Sync;
using CogCommit.Testing;

namespace CogCommit.Cloud.Tests.Sync;

public class CostTests(SyncDatabase database) : SyncTests(database)
{
    [Fact]
    public async Task With_nothing_to_do_a_sync_is_one_request()
    {
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(Talk.Of("one", "do it", "done"));
        await a.SyncAsync();
        await b.SyncAsync();
        foreach (var device in new[] { a, b, a })
        {
            Assert.Equal(1, (await device.SyncAsync()).Requests);
        }
    }

    [Fact]
    public async Task One_new_turn_in_a_commit_of_5000_sends_one_turn()
    {
        var (a, b) = (NewDevice(), NewDevice());
        var talk = Talk.Of("long").Grown(5_000);
        a.Import(talk);
        await a.SyncAsync();
        await b.SyncAsync();
        a.Cloud.Batches.Clear();
        a.Cloud.BatchBytes.Clear();
        a.Import(talk.Grown(5_001));
        var pushed = await a.PushAsync();
        Assert.Equal((1, 1), (pushed.Requests, pushed.Turns));
        var batch = Assert.Single(a.Cloud.Batches);
        Assert.Equal(Device.TurnId(talk, 5_000), Assert.Single(batch.GetProperty("turns").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(1, batch.GetProperty("sessions").GetArrayLength());
        Assert.Equal(1, batch.GetProperty("commits").GetArrayLength());
        Assert.False(batch.GetProperty("commits")[0].TryGetProperty("curated", out _));
        Assert.True(a.Cloud.BatchBytes[0] < 4_096, $"{a.Cloud.BatchBytes[0]} bytes");

        var pulled = await b.SyncAsync();
        Assert.Equal((1, 1), (pulled.Requests, pulled.TurnsReceived));
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task A_page_is_one_piece_of_the_full_text_index()
    {
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(Talk.Of("long").Grown(60));
        await a.PushAsync();
        var pulled = await b.PullAsync();
        Assert.Equal((1, 60), (pulled.Requests, pulled.TurnsReceived));
        using var reader = b.Store.OpenReader();
        using var pieces = reader.CreateCommand();
        pieces.CommandText = "select count(distinct segid) from turn_index_idx";
        Assert.Equal(1L, pieces.ExecuteScalar());
    }

    [Fact]
    public async Task What_a_device_pushed_is_not_echoed_to_it()
    {
        var a = NewDevice(new BatchLimits(Rows: 10, Bytes: 1_000_000, RowBytes: 4_000_000));
        a.Import(Talk.Of("long").Grown(60));
        await a.PushAsync();
        var pulled = await a.PullAsync();
        Assert.Equal((1, 0, 0), (pulled.Requests, pulled.Pulled, pulled.TurnsReceived));
    }

    [Fact]
    public async Task Who_is_overtaken_pulls_once_more()
    {
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(Talk.Of("one", "do it", "done"));
        b.Import(Talk.Of("two", "do it", "done"));
        a.Cloud.BeforePush = async _ => await b.SyncAsync();
        var result = await a.SyncAsync();
        // A pull, a push, whether the cloud still knows that push, and the pull of what the other one did.
        Assert.Equal((4, 1), (result.Requests, result.Pulled));
        Assert.Equal(1, (await a.SyncAsync()).Requests);
        await b.SyncAsync();
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task A_row_over_4_MB_stays_here_and_its_commit_still_syncs()
    {
        var (a, b) = (NewDevice(), NewDevice());
        var talk = Talk.Of("large", "small", new string('x', 4_300_000), "small too", "end");
        a.Import(talk);
        var pushed = await a.SyncAsync();
        Assert.Equal((1, 3, 0), (pushed.Pushed, pushed.Turns, pushed.Failed));
        Assert.Equal("too_large", a.SyncStatus(Device.CommitsOf(talk)[0]));
        Assert.Equal("too_large", Assert.Single(PushPlan.Of(a.Store, new PushOptions())).Action);
        await b.SyncAsync();
        Assert.Equal(3, b.Count("turns"));
        Assert.Equal(1, (await a.SyncAsync()).Requests);
    }

    [Fact]
    public async Task A_row_over_1_MB_goes_alone()
    {
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(Talk.Of("large", "small", new string('x', 3_900_000), "small too", "end"));
        var pushed = await a.SyncAsync();
        Assert.Equal(4, pushed.Turns);
        Assert.Contains(a.Cloud.Batches, batch => batch.GetProperty("turns").GetArrayLength() == 1 && batch.GetProperty("commits").GetArrayLength() == 0);
        await b.SyncAsync();
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task A_batch_that_is_too_large_for_the_cloud_is_split()
    {
        var (a, b) = (NewDevice(new BatchLimits(Rows: 100_000, Bytes: 100_000_000, RowBytes: 4_000_000)), NewDevice());
        a.Import(Talk.Of("many", [.. Enumerable.Repeat(new string('x', 300_000), 9)]));
        var pushed = await a.SyncAsync();
        Assert.Equal(9, pushed.Turns);
        Assert.Equal("synced", a.SyncStatus(Device.CommitsOf(Talk.Of("many", "x"))[0]));
        await b.SyncAsync();
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task A_push_can_be_narrowed_to_commits_and_projects()
    {
        var a = NewDevice();
        var (one, two, three) = (Talk.Of("one", "x", "y"), Talk.Of("two", "x", "y"), Talk.Of("three", "x", "y") with { Project = "Other-Project" });
        a.Import(one);
        a.Import(two);
        a.Import(three);
        Assert.Equal(1, (await a.PushAsync(new PushOptions { CommitIds = [Device.CommitsOf(two)[0]] })).Pushed);
        Assert.Equal("synced", a.SyncStatus(Device.CommitsOf(two)[0]));
        Assert.Equal(1, (await a.PushAsync(new PushOptions { Projects = ["other*"] })).Pushed);
        Assert.Equal("synced", a.SyncStatus(Device.CommitsOf(three)[0]));
        Assert.Equal("pending", a.SyncStatus(Device.CommitsOf(one)[0]));
    }

    [Fact]
    public async Task A_dry_run_tells_the_plan_and_sends_nothing()
    {
        var a = NewDevice();
        a.Import(Talk.Of("one", "x", "y"));
        a.Import(Talk.Of("warm", "Warmup", "y") with { Start = Talk.Of("w").Start.AddHours(1) });
        var plan = PushPlan.Of(a.Store, new PushOptions()).ToList();
        Assert.Equal(["filtered", "push"], plan.Select(item => item.Action));
        Assert.Equal(("x", "demo", 2), (plan[1].Title, plan[1].ProjectName, plan[1].Turns));
        await a.PushAsync();
        Assert.Equal(["filtered"], PushPlan.Of(a.Store, new PushOptions()).Select(item => item.Action));
        Assert.Equal(["filtered", "push"], PushPlan.Of(a.Store, new PushOptions { Force = true }).Select(item => item.Action));
    }

    [Fact]
    public async Task Force_sends_again_what_the_cloud_has_and_changes_nothing()
    {
        var a = NewDevice();
        a.Import(Talk.Of("one", "x", "y"));
        await a.PushAsync();
        var forced = await a.PushAsync(new PushOptions { Force = true });
        Assert.Equal((2, 0, 1), (forced.Turns, forced.Pushed, forced.Requests));
        await AssertSameEverywhereAsync(a);
    }

    [Fact]
    public async Task Cancelled_in_the_middle_it_goes_on_where_it_was()
    {
        var limits = new BatchLimits(Rows: 10, Bytes: 1_000_000, RowBytes: 4_000_000);
        var (a, b) = (NewDevice(limits), NewDevice());
        a.Import(Talk.Of("long").Grown(60));
        using var stop = new CancellationTokenSource();
        a.Cloud.AfterPush = _ => stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => a.Engine.SyncAsync(new SyncOptions(), null, stop.Token));
        a.Cloud.AfterPush = null;
        Assert.InRange(a.Pending(), 1, 61);
        await a.SyncAsync();
        await b.SyncAsync();
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task Progress_ends_where_it_says_it_will()
    {
        var a = NewDevice(new BatchLimits(Rows: 10, Bytes: 1_000_000, RowBytes: 4_000_000));
        a.Import(Talk.Of("long").Grown(60));
        var seen = new List<SyncProgress>();
        await a.Engine.PushAsync(new PushOptions(), new Reports<SyncProgress>(seen.Add), TestContext.Current.CancellationToken);
        Assert.Equal(new SyncProgress("Sending", 60, 60, "turns"), seen[^1]);
        Assert.Equal(seen.OrderBy(item => item.Done), seen);
    }

    [Fact]
    public async Task Between_its_batches_a_push_lets_the_stores_log_begin_anew()
    {
        var a = NewDevice(new BatchLimits(Rows: 10, Bytes: 1_000_000, RowBytes: 4_000_000));
        a.Import(Talk.Of("long").Grown(60));
        List<(long Frames, long Checkpointed)> logs = [];
        var atEach = new Reports<SyncProgress>(_ =>
        {
            using var connection = a.Store.OpenReader();
            using var command = connection.CreateCommand();
            command.CommandText = "pragma wal_checkpoint(passive)";
            using var row = command.ExecuteReader();
            Assert.True(row.Read());
            logs.Add((row.GetInt64(1), row.GetInt64(2)));
        });
        await a.Engine.PushAsync(new PushOptions(), atEach, TestContext.Current.CancellationToken);
        Assert.InRange(logs.Count, 6, 7);
        Assert.Contains(logs, log => log.Frames > 0);
        // What an open statement reads from stays in the log, and all that comes after it.
        Assert.All(logs, log => Assert.Equal(log.Frames, log.Checkpointed));
    }

    [Fact]
    public async Task A_turn_that_is_gone_before_it_was_read_is_not_sent()
    {
        var a = NewDevice(new BatchLimits(Rows: 10, Bytes: 1_000_000, RowBytes: 4_000_000));
        a.Import(Talk.Of("long").Grown(60));
        var gone = 0;
        var once = new Reports<SyncProgress>(_ =>
        {
            if (gone == 0)
            {
                gone = a.Store.Write(transaction => transaction.Execute("delete from turns where ordinal = (select max(ordinal) from turns)"));
            }
        });
        var pushed = await a.Engine.PushAsync(new PushOptions(), once, TestContext.Current.CancellationToken);
        Assert.Equal((1, 59), (gone, pushed.Turns));
    }
}
