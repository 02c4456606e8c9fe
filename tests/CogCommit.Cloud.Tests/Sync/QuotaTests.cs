using CogCommit.Core.Sync;

namespace CogCommit.Cloud.Tests.Sync;

public class QuotaTests(SyncDatabase database) : SyncTests(database)
{
    [Fact]
    public async Task What_is_over_the_limit_waits_and_goes_when_there_is_room()
    {
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(Session(0));
        await a.SyncAsync();
        await Database.SetQuotaAsync(User, commits: 3);
        for (var i = 1; i <= 4; i++)
        {
            a.Import(Session(i));
        }

        var full = await a.SyncAsync();
        Assert.Equal((2, 2), (full.Pushed, full.OverLimit));
        // Newest first: the two oldest wait.
        Assert.Equal("synced", a.SyncStatus(Commit(4)));
        Assert.Equal("over_limit", a.SyncStatus(Commit(1)));
        Assert.Equal("over_limit", a.SyncStatus(Commit(2)));
        var status = SyncStatusReader.Read(a.Store, null);
        Assert.Equal((2, 0, 3, 3), (status.OverLimit, status.Pending, status.CommitsUsed, status.CommitLimit));

        await b.SyncAsync();
        b.Delete(Commit(4));
        await b.SyncAsync();
        var room = await a.SyncAsync();
        Assert.Equal((1, 1), (room.Pushed, room.OverLimit));
        Assert.Equal("synced", a.SyncStatus(Commit(2)));
    }

    [Fact]
    public async Task While_the_cloud_is_full_a_sync_carries_nothing_there()
    {
        var a = NewDevice();
        a.Import(Session(0));
        await a.SyncAsync();
        await Database.SetQuotaAsync(User, commits: 1);
        a.Import(Session(1));
        await a.SyncAsync();
        var again = await a.SyncAsync();
        Assert.Equal((1, 1), (again.Requests, again.OverLimit));
        await Database.SetQuotaAsync(User, commits: 10);
        var retried = await a.PushAsync(new PushOptions { Retry = true });
        Assert.Equal((1, 0), (retried.Pushed, retried.OverLimit));
        await AssertSameEverywhereAsync(a);
    }

    [Fact]
    public async Task A_higher_limit_is_noticed_by_the_next_sync()
    {
        var a = NewDevice();
        a.Import(Session(0));
        await a.SyncAsync();
        await Database.SetQuotaAsync(User, commits: 1);
        a.Import(Session(1));
        await a.SyncAsync();
        await Database.SetQuotaAsync(User, commits: 2);
        Assert.Equal(1, (await a.SyncAsync()).Pushed);
        await AssertSameEverywhereAsync(a);
    }

    [Fact]
    public async Task Bytes_count_too_and_smaller_commits_still_go()
    {
        var a = NewDevice();
        a.Import(Session(0));
        await a.SyncAsync();
        await Database.SetQuotaAsync(User, commits: 100, bytes: 10_000);
        a.Import(Talk.Of("large", new string('x', 20_000), "y"));
        a.Import(Session(1));
        var result = await a.SyncAsync();
        Assert.Equal((1, 1), (result.Pushed, result.OverLimit));
        Assert.Equal("over_limit", a.SyncStatus(Device.CommitsOf(Talk.Of("large", "x"))[0]));
        Assert.Equal("synced", a.SyncStatus(Commit(1)));
        Assert.Equal(1, (await a.SyncAsync()).Requests);
    }

    [Fact]
    public async Task A_full_cloud_still_takes_edits_and_deletions()
    {
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(Session(0));
        await a.SyncAsync();
        await Database.SetQuotaAsync(User, commits: 1, bytes: 1);
        a.Edit(Commit(0), "mine");
        await a.SyncAsync();
        await b.SyncAsync();
        Assert.Equal("mine", b.Title(Commit(0)));
        a.Delete(Commit(0));
        await a.SyncAsync();
        await b.SyncAsync();
        Assert.Equal(1, b.Scalar<long>("select count(deleted_at) from cognitive_commits"));
    }

    [Fact]
    public async Task What_the_user_says_of_a_commit_that_outgrew_the_limit_still_travels()
    {
        var (a, b) = (NewDevice(), NewDevice());
        var talk = Session(0);
        a.Import(talk);
        await a.SyncAsync();
        await Database.SetQuotaAsync(User, commits: 10, bytes: 100);
        a.Import(talk with { Turns = [.. talk.Turns, new string('x', 1_000)] });
        Assert.Equal(1, (await a.SyncAsync()).OverLimit);
        Assert.Equal("over_limit", a.SyncStatus(Commit(0)));
        a.Edit(Commit(0), "mine");
        var edited = await a.SyncAsync();
        Assert.Equal((1, 1, 0), (edited.Pushed, edited.OverLimit, edited.Turns));
        Assert.Equal((1, 1), await AgainAsync(a));
        await b.SyncAsync();
        Assert.Equal("mine", b.Title(Commit(0)));
        Assert.Equal(2, b.Count("turns"));

        await Database.SetQuotaAsync(User, commits: 10);
        await a.SyncAsync();
        await b.SyncAsync();
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task A_dry_run_knows_what_will_not_fit()
    {
        var a = NewDevice();
        a.Import(Session(0));
        await a.SyncAsync();
        await Database.SetQuotaAsync(User, commits: 2);
        await a.SyncAsync();
        a.Import(Session(1));
        a.Import(Session(2));
        Assert.Equal([(Commit(2), "push"), (Commit(1), "over_limit")], PushPlan.Of(a.Store, new PushOptions()).Select(item => (item.CommitId, item.Action)));
    }

    [Fact]
    public async Task A_hundred_commits_meet_a_full_cloud_without_being_carried_there()
    {
        var a = NewDevice(new BatchLimits(Rows: 40, Bytes: 1_000_000, RowBytes: 4_000_000));
        a.Import(Session(0));
        await a.SyncAsync();
        await Database.SetQuotaAsync(User, commits: 5);
        for (var i = 1; i <= 100; i++)
        {
            a.Import(Session(i));
        }

        var result = await a.SyncAsync();
        Assert.Equal((4, 96), (result.Pushed, result.OverLimit));
        Assert.True(result.Requests <= 3, $"{result.Requests} requests");
    }

    [Fact]
    public async Task Warm_ups_and_empty_commits_are_not_uploaded_and_count_as_done()
    {
        var a = NewDevice();
        a.Import(Talk.Of("warm", "Warmup", "ready"));
        a.Import(Talk.Of("not warm", "Warmup the engine", "ready"));
        var result = await a.SyncAsync();
        Assert.Equal((1, 1), (result.Pushed, result.Filtered));
        Assert.Equal("filtered", a.SyncStatus(Device.CommitsOf(Talk.Of("warm", "x"))[0]));
        Assert.Equal(1, await Database.CountAsync(User, "cognitive_commits"));
        Assert.Equal(1, (await a.SyncAsync()).Requests);
    }

    private static async Task<(int Requests, int OverLimit)> AgainAsync(Device device)
    {
        var again = await device.SyncAsync();
        return (again.Requests, again.OverLimit);
    }

    private static Talk Session(int n) =>
        Talk.Of($"session {n}", "prompt", "answer") with { Start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(n) };

    private static string Commit(int n) => Device.CommitsOf(Session(n))[0];
}
