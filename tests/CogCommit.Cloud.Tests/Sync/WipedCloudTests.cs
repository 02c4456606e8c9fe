using CogCommit.Core;
using CogCommit.Core.Sync;

namespace CogCommit.Cloud.Tests.Sync;

/// <summary>The user wiped his cloud from one machine; none uploads its history again by itself.</summary>
public class WipedCloudTests(SyncDatabase database) : SyncTests(database)
{
    private static readonly Talk One = Talk.Of("one", "do it", "done", "more", "done too") with { Cuts = [2] };

    [Fact]
    public async Task Every_machine_keeps_its_history_stops_and_says_how_to_go_on()
    {
        var (a, b) = await BothAsync();
        var (hereA, hereB) = (Rows(a), Rows(b));
        var wiped = await a.Engine.WipeAsync(TestContext.Current.CancellationToken);
        Assert.Equal((2, 1), (wiped.Commits, wiped.Machines));
        Assert.NotNull(wiped.WipedAt);
        b.Edit(Device.CommitsOf(One)[0], "waits");
        b.Import(Talk.Of("new", "x", "y"));
        foreach (var device in new[] { a, b })
        {
            foreach (var work in new Func<Task>[]
            {
                () => device.SyncAsync(), () => device.PushAsync(), () => device.PullAsync(), () => device.SyncAsync(verify: true),
                () => device.PullAsync(new PullOptions { Full = true }), () => device.PushAsync(new PushOptions { Force = true, CommitIds = [Device.CommitsOf(One)[0]] }),
            })
            {
                var error = await Assert.ThrowsAsync<CogCommitException>(work);
                Assert.Equal(("CloudWiped", ErrorKind.Conflict), (error.ErrorId, error.Kind));
                Assert.Contains("Push-CogCommit -Force", error.Message, StringComparison.Ordinal);
                Assert.Contains($"{wiped.WipedAt!.Value.ToLocalTime():yyyy-MM-dd}", error.Message, StringComparison.Ordinal);
            }
        }

        Assert.Equal(0, await Database.CountAsync(User, "cognitive_commits"));
        Assert.Equal(hereA, Rows(a));
        Assert.Equal(hereB.Count + 4, Rows(b).Count);
        // Once it knows it asks nobody.
        var requests = b.Cloud.Requests;
        await Assert.ThrowsAsync<CogCommitException>(() => b.SyncAsync());
        Assert.Equal(requests, b.Cloud.Requests);
        Assert.Contains("was wiped", SyncStatusReader.Read(b.Store, null).LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_that_only_pushes_learns_of_it_too_and_nothing_of_it_is_taken()
    {
        var (a, b) = await BothAsync();
        await a.Engine.WipeAsync(TestContext.Current.CancellationToken);
        b.Import(Talk.Of("new", "x", "y"));
        Assert.Equal("CloudWiped", (await Assert.ThrowsAsync<CogCommitException>(() => b.PushAsync())).ErrorId);
        // Forced before it knew it is told first.
        var (c, d) = await BothAsync(await Database.NewUserAsync());
        await c.Engine.WipeAsync(TestContext.Current.CancellationToken);
        Assert.Equal("CloudWiped", (await Assert.ThrowsAsync<CogCommitException>(() => d.PushAsync(new PushOptions { Force = true }))).ErrorId);
        Assert.Equal(0, await Database.CountAsync(User, "cognitive_commits"));
    }

    [Fact]
    public async Task Told_to_a_machine_uploads_its_history_again_and_the_others_do_when_they_are_told()
    {
        var (a, b) = await BothAsync();
        a.Edit(Device.CommitsOf(One)[0], "mine");
        await a.SyncAsync();
        await b.SyncAsync();
        await b.Engine.WipeAsync(TestContext.Current.CancellationToken);
        var pushed = await a.PushExpectingWipeAsync();
        Assert.Equal((2, 4), (pushed.Pushed, pushed.Turns));
        await a.SyncAsync();
        Assert.Equal(0, (await a.SyncAsync()).Pushed);
        Assert.Equal("CloudWiped", (await Assert.ThrowsAsync<CogCommitException>(() => b.SyncAsync())).ErrorId);
        b.Import(Talk.Of("of b", "x", "y"));
        await b.PushAsync(new PushOptions { Force = true });
        await b.SyncAsync();
        await a.SyncAsync();
        Assert.Equal("mine", a.Title(Device.CommitsOf(One)[0]));
        Assert.Equal(3, a.Count("cognitive_commits"));
        Assert.Empty(ConflictReader.Read(a.Store, resolvedToo: true));
        Assert.Empty(ConflictReader.Read(b.Store, resolvedToo: true));
        await AssertSameEverywhereAsync(a, b);

        // And it may be wiped again.
        await a.Engine.WipeAsync(TestContext.Current.CancellationToken);
        Assert.Equal("CloudWiped", (await Assert.ThrowsAsync<CogCommitException>(() => b.SyncAsync())).ErrorId);
        Assert.Equal(0, await Database.CountAsync(User, "cognitive_commits"));
    }

    [Fact]
    public async Task What_was_deleted_stays_deleted_when_history_goes_up_again()
    {
        var (a, b) = await BothAsync();
        var deleted = Device.CommitsOf(One)[1];
        a.Delete(deleted);
        await a.SyncAsync();
        await b.SyncAsync();
        await a.Engine.WipeAsync(TestContext.Current.CancellationToken);
        await a.PushAsync(new PushOptions { Force = true });
        await b.PushExpectingWipeAsync();
        await b.SyncAsync();
        await a.SyncAsync();
        Assert.Equal([deleted], [a.Scalar<string>("select id from cognitive_commits where deleted_at is not null")]);
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task A_new_machine_finds_an_empty_cloud_and_uploads_what_it_has()
    {
        var (a, _) = await BothAsync();
        await a.Engine.WipeAsync(TestContext.Current.CancellationToken);
        var fresh = NewDevice();
        await fresh.SyncAsync();
        fresh.Import(Talk.Of("fresh", "x", "y"));
        Assert.Equal(1, (await fresh.SyncAsync()).Pushed);
        Assert.Equal(0, (await fresh.SyncAsync()).Pulled);
        await AssertSameEverywhereAsync(fresh);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_wipe_in_the_middle_of_another_machines_first_upload_leaves_nothing_of_it(bool behind)
    {
        var (a, _) = await BothAsync();
        var c = NewDevice(BatchLimits.Default with { Rows = 3 });
        c.Import(Talk.Of("long", [.. Enumerable.Range(0, 12).Select(n => $"turn {n}")]));
        if (!behind)
        {
            await c.PullAsync();
        }

        var batches = 0;
        c.Cloud.BeforePush = async _ =>
        {
            if (++batches == 3)
            {
                await a.Engine.WipeAsync(TestContext.Current.CancellationToken);
            }
        };
        Assert.Equal("CloudWiped", (await Assert.ThrowsAsync<CogCommitException>(() => c.PushAsync())).ErrorId);
        Assert.Equal(3, batches);
        Assert.Equal(0, await Database.CountAsync(User, "turns"));
        Assert.Equal(12, c.Scalar<long>("select count(*) from turns where content like 'turn %'"));
        c.Cloud.BeforePush = null;
        await c.PushAsync(new PushOptions { Force = true });
        await c.SyncAsync();
        await AssertSameEverywhereAsync(c);
    }

    [Fact]
    public async Task A_wipe_whose_answer_was_lost_is_learned_of_like_any_other()
    {
        var (a, _) = await BothAsync();
        a.Cloud.Answer = _ => throw new Core.Cloud.CloudUnreachableException(a.Cloud.Url, "the connection broke.");
        await Assert.ThrowsAsync<Core.Cloud.CloudUnreachableException>(() => a.Engine.WipeAsync(TestContext.Current.CancellationToken));
        a.Cloud.Answer = null;
        Assert.Equal("CloudWiped", (await Assert.ThrowsAsync<CogCommitException>(() => a.SyncAsync())).ErrorId);
        Assert.Equal(0, await Database.CountAsync(User, "cognitive_commits"));
    }

    private async Task<(Device A, Device B)> BothAsync(Sql.CloudUserSession? user = null)
    {
        var (a, b) = (NewDevice(user: user), NewDevice(user: user));
        a.Import(One);
        await a.SyncAsync();
        await b.SyncAsync();
        return (a, b);
    }
}
