using CogCommit.Core;
using CogCommit.Core.Store;
using CogCommit.Core.Sync;

namespace CogCommit.Cloud.Tests.Sync;

/// <summary>When the other side is not what it was: restored clouds, holes, pruned commits, another user.</summary>
public class OtherSideTests(SyncDatabase database) : SyncTests(database)
{
    private static readonly Talk One = Talk.Of("one", "do it", "done", "more", "done too") with { Cuts = [2] };
    private static readonly Talk Two = Talk.Of("two", "x", "y");

    private static Task<bool> HoldsAsync(Device device) => Confirmations.HoldAsync(device.Store, device.Cloud, TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_restored_cloud_gets_what_it_lacks_and_nothing_is_dropped()
    {
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(One);
        await a.SyncAsync();
        await b.SyncAsync();
        b.Import(Two);
        b.Edit(Device.CommitsOf(One)[0], "mine");
        await b.SyncAsync();
        await a.SyncAsync();
        await Database.RestoreAsync(User, seq: 1);
        b.Import(Talk.Of("three", "x", "y"));
        await b.SyncAsync();
        await a.SyncAsync();
        await b.SyncAsync();
        Assert.Equal(4, a.Count("cognitive_commits"));
        Assert.Equal("mine", a.Title(Device.CommitsOf(One)[0]));
        Assert.Empty(Conflict.List(b.Store));
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task A_restored_cloud_that_went_on_is_noticed_by_a_push_too()
    {
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(One);
        await a.SyncAsync();
        a.Import(Two);
        await a.SyncAsync();
        await Database.RestoreAsync(User, seq: 1);
        b.Import(Talk.Of("three", "x", "y"));
        await b.PushAsync();
        // The cloud is at push 2 again, but it is another one.
        a.Import(Talk.Of("four", "x", "y"));
        await a.PushAsync();
        await a.SyncAsync();
        await b.SyncAsync();
        Assert.Equal(5, a.Count("cognitive_commits"));
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task Whether_the_cloud_still_knows_what_it_confirmed_can_be_asked()
    {
        var (a, b) = (NewDevice(), NewDevice());
        Assert.True(await HoldsAsync(a));
        a.Import(One);
        await a.SyncAsync();
        b.Import(Two);
        await b.PushAsync();
        Assert.Equal((true, true), (await HoldsAsync(a), await HoldsAsync(b)));
        await Database.RestoreAsync(User, seq: 1);
        // What b pushed lies ahead of a cursor that it does not have yet.
        Assert.Equal((true, false), (await HoldsAsync(a), await HoldsAsync(b)));
        await Database.RestoreAsync(User, seq: 0);
        Assert.False(await HoldsAsync(a));
        foreach (var device in new[] { a, b, a })
        {
            await device.SyncAsync();
        }

        Assert.Equal((true, true), (await HoldsAsync(a), await HoldsAsync(b)));
    }

    [Fact]
    public async Task A_cloud_that_was_emptied_is_filled_again()
    {
        var a = NewDevice();
        a.Import(One);
        a.Edit(Device.CommitsOf(One)[0], "mine");
        await a.SyncAsync();
        await Database.RestoreAsync(User, seq: 0);
        await a.SyncAsync();
        Assert.Equal(4, await Database.CountAsync(User, "turns"));
        await AssertSameEverywhereAsync(a);
    }

    [Fact]
    public async Task Verify_finds_and_heals_holes_on_either_side()
    {
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(One);
        a.Import(Two);
        a.Edit(Device.CommitsOf(Two)[0], "mine");
        a.Import(Talk.Of("three", "x", "y"));
        await a.SyncAsync();
        await b.SyncAsync();
        await Database.Database.ScalarAsync("delete from public.turns where user_id = $1 and local_id = $2", User.Id, Guid.Parse(Device.TurnId(One, 1)));
        await Database.Database.ScalarAsync(
            "update public.cognitive_commits set title = 'someone', curated_hash = 'other', version = 0 where user_id = $1 and local_id = $2",
            User.Id,
            Guid.Parse(Device.CommitsOf(Two)[0]));
        a.Store.Write(transaction =>
        {
            transaction.Execute("delete from turns where id = $id", ("$id", Device.TurnId(One, 3)));
            transaction.Execute("delete from cognitive_commits where agent_session_id = 'three'");
        });
        Assert.Equal(0, (await a.SyncAsync()).Repaired);
        Assert.Equal(4, (await a.SyncAsync(verify: true)).Repaired);
        Assert.Equal(8, await Database.CountAsync(User, "turns"));
        await b.SyncAsync();
        await AssertSameEverywhereAsync(a, b);
        Assert.Equal(0, (await b.SyncAsync(verify: true)).Repaired);
    }

    [Fact]
    public async Task Verify_finds_nothing_where_turns_have_moved()
    {
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(One);
        await a.SyncAsync();
        await b.SyncAsync();
        a.Import(One with { Cuts = [], Start = One.Start.AddDays(-1) });
        await a.SyncAsync();
        await b.SyncAsync();
        var requests = (await b.SyncAsync(verify: true)).Requests;
        Assert.Equal(2, requests);
    }

    [Fact]
    public async Task A_full_pull_heals_what_is_missing_here()
    {
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(One);
        await a.SyncAsync();
        await b.SyncAsync();
        b.Store.Write(transaction => transaction.Execute("delete from sessions"));
        await b.PullAsync();
        Assert.Equal(0, b.Count("turns"));
        await b.PullAsync(new PullOptions { Full = true });
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task What_was_pruned_here_does_not_come_back_unless_it_is_asked_for()
    {
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(One);
        a.Import(Two);
        await a.SyncAsync();
        await b.SyncAsync();
        var commit = Device.CommitsOf(One)[0];
        Pruning.Prune(b.Store, [commit], force: false);
        a.Edit(commit, "edited");
        await a.SyncAsync();
        await b.SyncAsync();
        await b.PullAsync(new PullOptions { Full = true });
        Assert.Equal(0, (await b.SyncAsync(verify: true)).Repaired);
        Assert.Equal(2, b.Count("cognitive_commits"));
        Assert.Equal(4, b.Count("turns"));
        Assert.Equal(3, await Database.CountAsync(User, "cognitive_commits"));

        var back = await b.PullAsync(new PullOptions { CommitIds = [commit[..8]] });
        Assert.Equal((1, 2), (back.Pulled, back.TurnsReceived));
        Assert.Equal("edited", b.Title(commit));
        Assert.Equal(0, b.Count("pruned_commits"));
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task Asking_for_a_commit_the_cloud_does_not_have_says_so()
    {
        var a = NewDevice();
        var error = await Assert.ThrowsAsync<CogCommitException>(() => a.PullAsync(new PullOptions { CommitIds = ["0123456789"] }));
        Assert.Equal(("CommitNotFound", ErrorKind.NotFound), (error.ErrorId, error.Kind));
    }

    [Fact]
    public async Task Fetching_one_commit_leaves_the_cursor_where_it_is()
    {
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(One);
        a.Import(Two);
        await a.SyncAsync();
        await b.PullAsync(new PullOptions { CommitIds = [Device.CommitsOf(Two)[0]] });
        Assert.Equal(1, b.Count("cognitive_commits"));
        await b.SyncAsync();
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task A_store_of_another_user_is_refused_and_says_what_force_would_upload()
    {
        var a = NewDevice();
        a.Import(One);
        a.Edit(Device.CommitsOf(One)[0], "mine");
        await a.SyncAsync();
        var stranger = await Database.NewUserAsync();
        var cloud = new DatabaseCloud(stranger);
        var engine = new SyncEngine(a.Store, cloud);
        var error = await Assert.ThrowsAsync<CogCommitException>(() => engine.SyncAsync(new SyncOptions(), null, TestContext.Current.CancellationToken));
        Assert.Equal(("OtherOwner", ErrorKind.Conflict), (error.ErrorId, error.Kind));
        Assert.Contains("2 commits", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, cloud.Requests);
        Assert.Equal(0, a.Pending());

        SyncOwner.Claim(a.Store, cloud.Url, cloud.UserId, force: true);
        Assert.Equal("pending", a.SyncStatus(Device.CommitsOf(One)[0]));
        var result = await engine.SyncAsync(new SyncOptions(), null, TestContext.Current.CancellationToken);
        Assert.Equal((2, 4), (result.Pushed, result.Turns));
        Assert.Equal(4, await Database.CountAsync(stranger, "turns"));
        Assert.Equal(0, a.Pending());
    }

    [Fact]
    public async Task The_same_user_at_another_address_is_another_cloud()
    {
        var a = NewDevice();
        a.Import(One);
        await a.SyncAsync();
        var elsewhere = new DatabaseCloud(User, new Uri("https://elsewhere.example"));
        Assert.Throws<CogCommitException>(() => SyncOwner.Claim(a.Store, elsewhere.Url, elsewhere.UserId, force: false));
        SyncOwner.Claim(a.Store, new Uri("https://cloud.example/"), User.Id.ToString().ToUpperInvariant(), force: false);
    }

    [Fact]
    public async Task A_store_that_never_synced_sends_everything_also_what_has_no_change_number()
    {
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(One);
        // As an upgraded store of the original command line comes.
        foreach (var table in new[] { "cognitive_commits", "sessions", "turns" })
        {
            a.Store.Write(transaction => transaction.Execute($"update {table} set change_seq = 0, pushed_seq = 0, rev = '', hash = null"));
        }

        await a.SyncAsync();
        await b.SyncAsync();
        await AssertSameEverywhereAsync(a, b);
    }
}
