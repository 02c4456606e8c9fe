using CogCommit.Core.Store;
using CogCommit.Core.Sync;

namespace CogCommit.Cloud.Tests.Sync;

public class EditTests(SyncDatabase database) : SyncTests(database)
{
    private static readonly Talk Talk = Talk.Of("one", "do it", "done");
    private static readonly string Commit = Device.CommitsOf(Talk)[0];

    [Fact]
    public async Task A_title_edited_on_the_second_machine_arrives_at_the_first()
    {
        var (a, b) = await BothAsync();
        b.Edit(Commit, "better");
        await b.SyncAsync();
        await a.SyncAsync();
        Assert.Equal("better", a.Title(Commit));
        Assert.Equal(1, a.Scalar<long>("select count(*) from commit_index where commit_index match 'title: better'"));
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task Edits_of_different_fields_one_after_the_other_all_stay()
    {
        var (a, b) = await BothAsync();
        b.Edit(Commit, "better");
        await b.SyncAsync();
        await a.SyncAsync();
        a.Edit(Commit, new CurationChange { Hidden = true, Project = "other" });
        await a.SyncAsync();
        await b.SyncAsync();
        b.Edit(Commit, "");
        await b.SyncAsync();
        await a.SyncAsync();
        Assert.Equal("do it", a.Title(Commit));
        Assert.Equal("other", a.Scalar<string>("select project_set from cognitive_commits"));
        Assert.Equal(4, a.Scalar<long>("select version from cognitive_commits"));
        await AssertSameEverywhereAsync(a, b);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_edits_of_the_same_state_the_later_wins_and_the_other_is_kept(bool laterPushesFirst)
    {
        var (a, b) = await BothAsync();
        a.Edit(Commit, "earlier");
        b.Edit(Commit, "later");
        var (first, second) = laterPushesFirst ? (b, a) : (a, b);
        await first.SyncAsync();
        var met = await second.SyncAsync();
        await first.SyncAsync();
        Assert.Equal("later", a.Title(Commit));
        Assert.Equal("later", b.Title(Commit));
        Assert.Equal(1, met.Conflicts);
        var entry = Assert.Single(Conflict.List(second.Store));
        Assert.Equal(("earlier", "later"), (entry.Lost.Title, entry.Won.Title));
        Assert.Equal("conflict", second.SyncStatus(Commit));
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task A_loss_that_only_the_push_finds_is_kept_too()
    {
        var (a, b) = await BothAsync();
        a.Edit(Commit, "earlier");
        b.Edit(Commit, "later");
        await b.PushAsync();
        var pushed = await a.PushAsync();
        Assert.Equal(1, pushed.Conflicts);
        Assert.Equal("later", a.Title(Commit));
        Assert.Equal("earlier", Assert.Single(Conflict.List(a.Store)).Lost.Title);
        await a.SyncAsync();
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task A_push_overwrites_no_edit_that_this_machine_has_not_seen_without_keeping_it()
    {
        var (a, b) = await BothAsync();
        a.Edit(Commit, "said first");
        await a.PushAsync();
        b.Edit(Commit, "said later");
        var pushed = await b.PushAsync();
        Assert.Equal(1, pushed.Conflicts);
        Assert.Equal("said first", Assert.Single(Conflict.List(b.Store)).Lost.Title);
        await a.SyncAsync();
        Assert.Equal("said later", a.Title(Commit));
        await b.SyncAsync();
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task An_edit_that_the_cloud_accepted_and_whose_answer_was_lost_is_still_kept_when_it_is_beaten()
    {
        var (a, b) = await BothAsync();
        a.Edit(Commit, "said first");
        await a.PushAsync();
        b.Edit(Commit, "said later");
        b.Cloud.AfterPush = _ => throw new Core.Cloud.CloudUnreachableException(b.Cloud.Url, "The cable is out.");
        await b.PushAsync();
        b.Cloud.AfterPush = null;
        await b.SyncAsync();
        Assert.Equal("said first", Assert.Single(Conflict.List(b.Store)).Lost.Title);
        await a.SyncAsync();
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task The_same_edit_on_both_machines_is_no_conflict()
    {
        var (a, b) = await BothAsync();
        a.Edit(Commit, "same");
        b.Edit(Commit, "same");
        await a.SyncAsync();
        Assert.Equal(0, (await b.SyncAsync()).Conflicts);
        await a.SyncAsync();
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task Edits_made_before_anything_was_pushed_win_over_a_machine_that_says_nothing()
    {
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(Talk);
        a.Edit(Commit, "mine");
        b.Import(Talk);
        await b.SyncAsync();
        Assert.Equal(0, (await a.SyncAsync()).Conflicts);
        Assert.Equal(0, (await b.SyncAsync()).Conflicts);
        Assert.Equal("mine", b.Title(Commit));
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task More_edits_before_a_push_are_one_version()
    {
        var (a, b) = await BothAsync();
        a.Edit(Commit, "first");
        a.Edit(Commit, "second");
        await a.SyncAsync();
        await b.SyncAsync();
        Assert.Equal(2, b.Scalar<long>("select version from cognitive_commits"));
        Assert.Equal("second", b.Title(Commit));
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task An_edit_made_while_the_one_before_is_on_its_way_is_the_next_version()
    {
        var (a, b) = await BothAsync();
        a.Edit(Commit, "first");
        a.Cloud.AfterPush = _ =>
        {
            a.Cloud.AfterPush = null;
            a.Edit(Commit, "second");
            return Task.CompletedTask;
        };
        await a.PushAsync();
        Assert.Equal("pending", a.SyncStatus(Commit));
        await a.SyncAsync();
        await b.SyncAsync();
        Assert.Equal(3, b.Scalar<long>("select version from cognitive_commits"));
        Assert.Equal("second", b.Title(Commit));
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task A_pull_keeps_a_later_local_edit_by_rule()
    {
        var (a, b) = await BothAsync();
        b.Edit(Commit, "earlier");
        await b.SyncAsync();
        a.Edit(Commit, "later");
        await a.PullAsync();
        Assert.Equal("later", a.Title(Commit));
        await a.PushAsync();
        await b.SyncAsync();
        Assert.Equal("later", b.Title(Commit));
        await a.SyncAsync();
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task An_edit_does_not_lose_against_growth()
    {
        var (a, b) = await BothAsync();
        a.Import(Talk.Grown(4));
        b.Edit(Commit, "mine");
        await a.SyncAsync();
        Assert.Equal(0, (await b.SyncAsync()).Conflicts);
        await a.SyncAsync();
        Assert.Equal("mine", a.Title(Commit));
        Assert.Equal(4, b.Count("turns"));
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task A_clock_far_ahead_is_lowered_alike_on_every_machine()
    {
        var (a, b) = await BothAsync();
        Clock.Advance(TimeSpan.FromDays(400));
        a.Edit(Commit, "from the future");
        await a.SyncAsync();
        await b.SyncAsync();
        Assert.Equal("from the future", b.Title(Commit));
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task A_deletion_travels_both_ways()
    {
        var (a, b) = await BothAsync();
        b.Delete(Commit);
        await b.SyncAsync();
        await a.SyncAsync();
        Assert.NotNull(a.Scalar<string>("select deleted_at from cognitive_commits"));
        var other = Talk.Of("two", "x", "y");
        b.Import(other);
        await b.SyncAsync();
        await a.SyncAsync();
        a.Delete(Device.CommitsOf(other)[0]);
        await a.SyncAsync();
        await b.SyncAsync();
        Assert.Equal(2, b.Scalar<long>("select count(deleted_at) from cognitive_commits"));
        await AssertSameEverywhereAsync(a, b);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_a_deletion_and_an_edit_the_later_wins_and_the_other_is_kept(bool deletionIsLater)
    {
        var (a, b) = await BothAsync();
        if (deletionIsLater)
        {
            b.Edit(Commit, "edited");
            a.Delete(Commit);
        }
        else
        {
            a.Delete(Commit);
            b.Edit(Commit, "edited");
        }

        await a.SyncAsync();
        Assert.Equal(1, (await b.SyncAsync()).Conflicts);
        await a.SyncAsync();
        Assert.Equal(deletionIsLater ? 1 : 0, a.Scalar<long>("select count(deleted_at) from cognitive_commits"));
        var lost = Assert.Single(Conflict.List(b.Store)).Lost;
        Assert.Equal(deletionIsLater ? ("edited", false) : (null, true), (lost.Title, lost.DeletedAt is not null));
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task What_was_deleted_before_it_was_ever_pushed_is_not_uploaded_for_that()
    {
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(Talk);
        a.Delete(Commit);
        await a.SyncAsync();
        Assert.Equal(0, await Database.CountAsync(User, "turns"));
        b.Import(Talk);
        await b.SyncAsync();
        Assert.Equal(1, b.Scalar<long>("select count(deleted_at) from cognitive_commits"));
    }

    [Fact]
    public async Task What_the_cloud_purged_goes_here_and_does_not_come_back()
    {
        var (a, b) = await BothAsync();
        a.Delete(Commit);
        await a.SyncAsync();
        await Database.Database.ScalarAsync(
            "update public.cognitive_commits set deleted_at = deleted_at - interval '40 days', purge_after = null where user_id = $1", User.Id);
        b.Import(Talk.Of("two", "x", "y"));
        await b.SyncAsync();
        // B's push made the cloud purge: its cursor is past that, so the answer itself told it.
        Assert.Equal("", b.Scalar<string>("select derived_title from cognitive_commits where id = $id", ("$id", Commit)));
        await a.SyncAsync();
        await b.SyncAsync();
        Assert.Equal("", a.Scalar<string>("select derived_title from cognitive_commits where id = $id", ("$id", Commit)));
        Assert.Equal(2, a.Count("turns"));
        var fresh = NewDevice();
        fresh.Import(Talk);
        await fresh.SyncAsync();
        Assert.Equal(1, fresh.Scalar<long>("select count(deleted_at) from cognitive_commits where id = $id", ("$id", Commit)));
        Assert.Equal(2, fresh.Count("turns"));
    }

    private async Task<(Device A, Device B)> BothAsync()
    {
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(Talk);
        await a.SyncAsync();
        await b.SyncAsync();
        return (a, b);
    }
}
