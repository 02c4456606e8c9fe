using CogCommit.Core;
using CogCommit.Core.Store;
using CogCommit.Core.Sync;

namespace CogCommit.Cloud.Tests.Sync;

/// <summary>Two or three machines said something about the same state of a commit, and the user decides.</summary>
public class ConflictTests(SyncDatabase database) : SyncTests(database)
{
    private static readonly Talk Talk = Talk.Of("one", "do it", "done");
    private static readonly string Commit = Device.CommitsOf(Talk)[0];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Local_is_what_this_machine_said_and_Cloud_what_another_did_whichever_lost(bool localIsLater)
    {
        var (here, there) = await MetAsync(localIsLater);
        var conflict = Assert.Single(ConflictReader.Read(here.Store));
        var field = Assert.Single(conflict.Fields);
        Assert.Equal(("Title", "here", "there"), (field.Field, field.Local, field.Cloud));
        Assert.Equal(localIsLater ? ("there", "here") : ("here", "there"), (field.Lost, field.Won));
        Assert.Equal((localIsLater ? ConflictSide.Cloud : ConflictSide.Local, localIsLater ? "Local" : "Cloud"), (conflict.LostSide, conflict.Stands));
        Assert.Equal((Commit, null), (conflict.CommitId, conflict.ResolvedAt));
        Assert.Equal(conflict.ArchivedAt.AddDays(30), conflict.RestorableUntil);
        Assert.Empty(ConflictReader.Read(there.Store));
    }

    [Theory]
    [InlineData(true, ConflictSide.Local, "here")]
    [InlineData(true, ConflictSide.Cloud, "there")]
    [InlineData(false, ConflictSide.Local, "here")]
    [InlineData(false, ConflictSide.Cloud, "there")]
    public async Task What_is_kept_is_said_everywhere_and_nothing_reappears(bool localIsLater, ConflictSide keep, string title)
    {
        var (here, there) = await MetAsync(localIsLater);
        Resolve(here, keep);
        Assert.Empty(ConflictReader.Read(here.Store));
        Assert.NotNull(Assert.Single(ConflictReader.Read(here.Store, resolvedToo: true)).ResolvedAt);
        await SettleAsync(here, there);
        Assert.Equal((title, title), (here.Title(Commit), there.Title(Commit)));
        Assert.Equal("synced", here.SyncStatus(Commit));
        Assert.Empty(ConflictReader.Read(here.Store));
        Assert.Empty(ConflictReader.Read(there.Store, resolvedToo: true));
    }

    [Fact]
    public async Task What_stands_already_is_kept_without_an_edit()
    {
        var (here, _) = await MetAsync(localIsLater: true);
        var version = here.Scalar<long>("select version from cognitive_commits");
        Resolve(here, ConflictSide.Local);
        Assert.Equal((version, 0L), (here.Scalar<long>("select version from cognitive_commits"), here.Pending()));
    }

    [Fact]
    public async Task The_other_side_can_be_kept_instead_for_30_days()
    {
        var (here, there) = await MetAsync(localIsLater: false);
        var id = Assert.Single(ConflictReader.Read(here.Store)).Id;
        foreach (var (keep, title) in new[] { (ConflictSide.Local, "here"), (ConflictSide.Cloud, "there"), (ConflictSide.Local, "here") })
        {
            Clock.Advance(TimeSpan.FromMinutes(1));
            ConflictResolution.Resolve(here.Store, id, keep);
            await SettleAsync(here, there);
            Assert.Equal(title, there.Title(Commit));
        }

        Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal("ConflictNotFound", Assert.Throws<CogCommitException>(() => ConflictResolution.Resolve(here.Store, id, ConflictSide.Cloud)).ErrorId);
        await here.SyncAsync();
        Assert.Equal(0, here.Count("conflicts"));
        Assert.Equal("here", here.Title(Commit));
    }

    [Fact]
    public async Task Only_what_differed_is_changed_and_what_was_said_since_is_kept_in_the_archive()
    {
        var (here, there) = await MetAsync(localIsLater: false);
        here.Edit(Commit, new CurationChange { Hidden = true, Title = "a third" });
        Assert.Equal("Other", Assert.Single(ConflictReader.Read(here.Store)).Stands);
        Resolve(here, ConflictSide.Local);
        await SettleAsync(here, there);
        Assert.Equal("here", there.Title(Commit));
        Assert.Equal(1, there.Scalar<long>("select hidden from cognitive_commits"));
        var replaced = ConflictReader.Read(here.Store, resolvedToo: true).Single(conflict => conflict.Fields[0].Local is "a third");
        Assert.NotNull(replaced.ResolvedAt);
        ConflictResolution.Resolve(here.Store, replaced.Id, ConflictSide.Local);
        Assert.Equal("a third", here.Title(Commit));
    }

    [Theory]
    [InlineData(ConflictSide.Local, ConflictSide.Local)]
    [InlineData(ConflictSide.Local, ConflictSide.Cloud)]
    [InlineData(ConflictSide.Cloud, ConflictSide.Local)]
    [InlineData(ConflictSide.Cloud, ConflictSide.Cloud)]
    public async Task A_resolution_that_meets_another_one_ends(ConflictSide one, ConflictSide other)
    {
        // Both machines have a conflict of the same two titles, seen from either side.
        var (a, b) = await BothAsync();
        a.Edit(Commit, "A");
        b.Edit(Commit, "B");
        await b.SyncAsync();
        await a.SyncAsync();
        b.Edit(Commit, "neither");
        await SettleAsync(b, a);
        a.Edit(Commit, "A");
        b.Edit(Commit, "B");
        await a.SyncAsync();
        await b.SyncAsync();
        await a.SyncAsync();
        Assert.Single(ConflictReader.Read(a.Store));
        Assert.Single(ConflictReader.Read(b.Store));

        // Neither knows of the other's decision.
        Resolve(a, one);
        Clock.Advance(TimeSpan.FromSeconds(1));
        Resolve(b, other);
        await SettleAsync(a, b);
        Assert.Equal(a.Title(Commit), b.Title(Commit));
        Assert.Empty(ConflictReader.Read(a.Store));
        Assert.Empty(ConflictReader.Read(b.Store));
        Assert.Equal(0, (await a.SyncAsync()).Pushed + (await b.SyncAsync()).Pushed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public async Task Three_machines_in_conflict_end_equal_whatever_each_resolves(int choices)
    {
        var devices = new[] { NewDevice(), NewDevice(), NewDevice() };
        devices[0].Import(Talk);
        foreach (var device in devices)
        {
            await device.SyncAsync();
        }

        // All three edit the same state, each learns of the others one after the other.
        for (var i = 0; i < 3; i++)
        {
            devices[i].Edit(Commit, new CurationChange { Title = $"title {i}", DisplayOrder = i });
        }

        foreach (var i in new[] { 2, 0, 1, 2, 0, 1 })
        {
            await devices[i].SyncAsync();
        }

        Assert.Equal(["title 2"], devices.Select(device => device.Title(Commit)).Distinct());
        Assert.Equal(2, devices.Sum(device => ConflictReader.Read(device.Store).Count));

        // Everybody resolves what is open there, offline, until nothing is.
        for (var round = 0; devices.Any(device => ConflictReader.Read(device.Store).Count > 0); round++)
        {
            Assert.True(round < 4, "Resolving goes round in circles.");
            for (var i = 0; i < 3; i++)
            {
                foreach (var conflict in ConflictReader.Read(devices[i].Store))
                {
                    Clock.Advance(TimeSpan.FromSeconds(1));
                    ConflictResolution.Resolve(devices[i].Store, conflict.Id, (choices >> i & 1) == 0 ? ConflictSide.Local : ConflictSide.Cloud);
                }
            }

            await SettleAsync(devices);
        }

        Assert.Single(devices.Select(device => device.Title(Commit)).Distinct());
    }

    [Fact]
    public async Task Of_a_deletion_and_an_edit_either_can_be_kept()
    {
        var (a, b) = await BothAsync();
        b.Edit(Commit, "edited");
        a.Delete(Commit);
        await a.SyncAsync();
        await b.SyncAsync();
        var conflict = Assert.Single(ConflictReader.Read(b.Store));
        Assert.Equal([("Title", "edited", null), ("Deleted", (object)false, true)], conflict.Fields.Select(field => (field.Field, field.Local, field.Cloud)));
        ConflictResolution.Resolve(b.Store, conflict.Id, ConflictSide.Local);
        await SettleAsync(a, b);
        Assert.Equal("edited", a.Title(Commit));
        Assert.Equal(2, a.Count("turns"));
        Clock.Advance(TimeSpan.FromSeconds(1));
        ConflictResolution.Resolve(b.Store, conflict.Id, ConflictSide.Cloud);
        await SettleAsync(a, b);
        Assert.Equal(1, a.Scalar<long>("select count(deleted_at) from cognitive_commits"));
    }

    [Fact]
    public async Task What_was_purged_meanwhile_is_not_promised()
    {
        var (a, b) = await BothAsync();
        b.Edit(Commit, "edited");
        a.Delete(Commit);
        await a.SyncAsync();
        await b.SyncAsync();
        await Database.Database.ScalarAsync(
            "update public.cognitive_commits set deleted_at = deleted_at - interval '40 days', purge_after = null where user_id = $1", User.Id);
        b.Import(Talk.Of("two", "x", "y"));
        await b.SyncAsync();
        var conflict = Assert.Single(ConflictReader.Read(b.Store));
        var error = Assert.Throws<CogCommitException>(() => ConflictResolution.Resolve(b.Store, conflict.Id, ConflictSide.Local));
        Assert.Equal(("CommitPurged", ErrorKind.NotFound), (error.ErrorId, error.Kind));
        ConflictResolution.Resolve(b.Store, conflict.Id, ConflictSide.Cloud);
        Assert.Empty(ConflictReader.Read(b.Store));
    }

    [Fact]
    public void What_the_archive_does_not_have_is_not_resolved() =>
        Assert.Equal("ConflictNotFound", Assert.Throws<CogCommitException>(() => ConflictResolution.Resolve(NewDevice().Store, "none", ConflictSide.Local)).ErrorId);

    [Fact]
    public async Task A_title_of_a_commit_that_another_machine_cut_away_is_not_lost()
    {
        var whole = Talk.Of("cut", "a", "b", "c", "d") with { Cuts = [2] };
        var gone = Device.CommitsOf(whole)[1];
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(whole);
        await a.SyncAsync();
        await b.SyncAsync();
        b.Edit(gone, "mine");
        // There the two are one now: the second is emptied, and deleted as capture does it.
        a.Import(whole with { Cuts = [], Start = whole.Start.AddDays(-1) });
        await a.SyncAsync();
        await b.SyncAsync();
        var conflict = Assert.Single(ConflictReader.Read(b.Store));
        Assert.Equal(("mine", gone), (conflict.Fields[0].Local, conflict.CommitId));
        await SettleAsync(a, b);
        Assert.Equal("CommitPurged", Assert.Throws<CogCommitException>(() => ConflictResolution.Resolve(b.Store, conflict.Id, ConflictSide.Local)).ErrorId);
    }

    private void Resolve(Device device, ConflictSide keep)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        ConflictResolution.Resolve(device.Store, Assert.Single(ConflictReader.Read(device.Store)).Id, keep);
    }

    private async Task<(Device Here, Device There)> MetAsync(bool localIsLater)
    {
        var (here, there) = await BothAsync();
        if (localIsLater)
        {
            there.Edit(Commit, "there");
            here.Edit(Commit, "here");
        }
        else
        {
            here.Edit(Commit, "here");
            there.Edit(Commit, "there");
        }

        await there.SyncAsync();
        await here.SyncAsync();
        return (here, there);
    }

    private async Task<(Device A, Device B)> BothAsync()
    {
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(Talk);
        await a.SyncAsync();
        await b.SyncAsync();
        return (a, b);
    }

    private async Task SettleAsync(params Device[] devices)
    {
        foreach (var device in devices.Concat(devices))
        {
            await device.SyncAsync();
        }

        await AssertSameEverywhereAsync(devices);
    }
}
