using CogCommit.Core.Capture;
using CogCommit.Core.Query;
using CogCommit.Core.Store;
using Microsoft.Extensions.Time.Testing;

namespace CogCommit.Core.Tests.Store;

public sealed class CurationTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly TempStore _temp;

    public CurationTests()
    {
        _temp = new TempStore(_clock);
        _temp.Builder.Commit("a", "derived", "guess").Session("s").Prompt("hello").Pushed();
    }

    public void Dispose() => _temp.Dispose();

    private CognitiveCommit Apply(CurationChange change) => Curation.Apply(_temp.Store, "a", change);

    [Fact]
    public void What_is_set_is_shown_and_the_rest_stays()
    {
        var commit = Apply(new CurationChange { Title = " My\n title ", Project = "mended", Hidden = true, Published = true, DisplayOrder = 4 });
        Assert.Equal(("My title", "mended", true, true, 4), (commit.Title, commit.ProjectName, commit.Hidden, commit.Published, commit.DisplayOrder));
        commit = Apply(new CurationChange { Hidden = false });
        Assert.Equal(("My title", "mended", false, true, 4), (commit.Title, commit.ProjectName, commit.Hidden, commit.Published, commit.DisplayOrder));
    }

    [Fact]
    public void An_empty_title_or_project_is_the_derived_one_again()
    {
        Apply(new CurationChange { Title = "mine", Project = "mine" });
        var commit = Apply(new CurationChange { Title = "", Project = "" });
        Assert.Equal(("derived", "guess"), (commit.Title, commit.ProjectName));
        Assert.Equal(0, _temp.Builder.Scalar<long>("select title_set + (title is not null) from cognitive_commits"));
    }

    [Fact]
    public void An_edit_is_pending_and_keeps_one_version_until_it_is_confirmed()
    {
        _temp.Store.Write(t => t.Execute("update cognitive_commits set version = 7, cloud_version = 7"));
        Assert.Equal(("pending", 8), (Apply(new CurationChange { Title = "x" }).SyncStatus, Apply(new CurationChange { Title = "y" }).Version));
        _temp.Store.Write(t => t.Execute("update cognitive_commits set cloud_version = 8"));
        Assert.Equal(9, Apply(new CurationChange { Title = "z" }).Version);
    }

    [Fact]
    public void No_change_is_no_edit()
    {
        var before = Apply(new CurationChange { Title = "x" });
        _temp.Builder.Pushed();
        _clock.Advance(TimeSpan.FromHours(1));
        var after = Apply(new CurationChange { Title = "x", Hidden = false });
        Assert.Equal((before.UpdatedAt, "synced"), (after.UpdatedAt, after.SyncStatus));
    }

    [Fact]
    public void Time_goes_forward_though_the_clock_does_not()
    {
        var first = Apply(new CurationChange { Title = "1" }).UpdatedAt;
        Assert.Equal(first.AddMicroseconds(1), Apply(new CurationChange { Title = "2" }).UpdatedAt);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(_clock.GetUtcNow(), Apply(new CurationChange { Title = "3" }).UpdatedAt);
    }

    [Fact]
    public void A_deleted_commit_is_shown_no_more_and_waits_for_a_push()
    {
        Deletion.Delete(_temp.Store, "a");
        Assert.Null(CommitReader.Find(_temp.Store, "a"));
        Assert.Equal(1, _temp.Builder.Scalar<long>("select change_seq > pushed_seq from cognitive_commits"));
        Assert.Equal(1, _temp.Builder.Scalar<long>("select count(*) from turns"));
    }

    [Fact]
    public void What_is_not_there_cannot_be_changed()
    {
        Assert.Equal("CommitNotFound", Assert.Throws<CogCommitException>(() => Deletion.Delete(_temp.Store, "b")).ErrorId);
        Deletion.Delete(_temp.Store, "a");
        Assert.Equal(ErrorKind.NotFound, Assert.Throws<CogCommitException>(() => Apply(new CurationChange { Title = "x" })).Kind);
    }
}
