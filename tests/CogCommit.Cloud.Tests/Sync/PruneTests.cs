using CogCommit.Core.Store;
using CogCommit.Core.Sync;

namespace CogCommit.Cloud.Tests.Sync;

/// <summary>What was removed from one machine alone, with the real import there.</summary>
public sealed class PruneTests(SyncDatabase database) : TranscriptTests(database)
{
    [Fact]
    public async Task An_import_brings_nothing_back_that_was_pruned()
    {
        var (a, b, _) = await PrunedAsync();
        Import(a, 4);
        await a.SyncAsync();
        await a.PullAsync(new PullOptions { Full = true });
        Assert.Equal(0, (await a.SyncAsync(verify: true)).Repaired);
        Assert.Empty(Live(a));
        Assert.Equal(["prompt 0 4"], Live(b));
    }

    [Fact]
    public async Task A_session_that_grows_after_its_commit_was_pruned_opens_a_new_one()
    {
        var (a, b, _) = await PrunedAsync();
        Import(a, 8);
        await a.SyncAsync();
        await b.SyncAsync();
        Assert.Equal(["prompt 4 4"], Live(a));
        Assert.Equal(["prompt 0 4", "prompt 4 4"], Live(b));
        Assert.Equal(0, (await b.SyncAsync(verify: true)).Repaired);
    }

    [Fact]
    public async Task Pruned_with_more_turns_than_this_machine_read_itself_it_still_ends_behind_the_last()
    {
        var (a, b) = (NewDevice(), NewDevice());
        Import(a, 2);
        await a.SyncAsync();
        Import(b, 4);
        await b.SyncAsync();
        await a.SyncAsync();
        Pruning.Prune(a.Store, [CommitOf(b)], force: false);
        Import(a, 6);
        await a.SyncAsync();
        await b.SyncAsync();
        Assert.Equal(["prompt 4 2"], Live(a));
        Assert.Equal(["prompt 0 4", "prompt 4 2"], Live(b));
    }

    [Fact]
    public async Task What_was_pruned_comes_back_when_it_is_asked_for_and_stays_whole()
    {
        var (a, b, commit) = await PrunedAsync();
        Import(a, 6);
        await a.SyncAsync();
        await a.PullAsync(new PullOptions { CommitIds = [commit] });
        await SettleAsync(a, b);
        Assert.Equal(["prompt 0 4", "prompt 4 2"], Live(a));
        Import(a, 8);
        await SettleAsync(a, b);
        Assert.Equal(["prompt 0 4", "prompt 4 4"], Live(b));
    }

    private static string CommitOf(Device device) => device.Scalar<string>("select id from cognitive_commits")!;

    private async Task<(Device A, Device B, string Commit)> PrunedAsync()
    {
        var (a, b) = (NewDevice(), NewDevice());
        Import(a, 4);
        await a.SyncAsync();
        await b.SyncAsync();
        var commit = CommitOf(a);
        Assert.Equal([commit], Pruning.Prune(a.Store, [commit], force: false).Pruned);
        return (a, b, commit);
    }
}
