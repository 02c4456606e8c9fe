using CogCommit.Core.Capture;
using CogCommit.Core.Store;
using CogCommit.Core.Sync;

namespace CogCommit.Core.Tests.Capture.Import;

/// <summary>A commit that a recut takes away: what the cloud has of it must go there too.</summary>
public sealed class VanishedCommitTests : IDisposable
{
    private const string A = "aaaaaaaa-0000-4000-8000-000000000001";
    private const string Attachment = "99999999-0000-4000-8000-000000000009";
    private readonly TranscriptFolder _folder = new();
    private readonly CapturedStore _store = new();
    private readonly TranscriptBuilder _session = new TranscriptBuilder(A).Prompt("go").Commit("1111111", "one").Queue("enqueue", "then this").Queue("remove");
    private readonly string _vanishing;

    public VanishedCommitTests()
    {
        // A queued prompt alone in its commit gets the id of its attachment, and its commit another with it.
        Import();
        _vanishing = _store.Query("select id from cognitive_commits where derived_title = 'then this'").Single();
    }

    [Fact]
    public void What_nobody_else_has_is_gone()
    {
        Grow();
        Assert.Empty(_store.Query($"select 1 from cognitive_commits where id = '{_vanishing}'"));
        Assert.Equal(["go", "then this"], _store.Query("select derived_title from cognitive_commits order by started_at"));
    }

    [Fact]
    public void What_was_pushed_is_deleted_by_a_curated_edit_that_waits_to_be_sent()
    {
        Say("title = 'Mine', title_set = 1");
        _store.Store.Write(transaction => transaction.Execute("update cognitive_commits set pushed_seq = change_seq, cloud_version = version"));
        var confirmed = int.Parse(_store.Query($"select cloud_version from cognitive_commits where id = '{_vanishing}'").Single(), null);
        Grow();
        Assert.Equal(
            [$"1 | {confirmed + 2} | 1 | "],
            _store.Query($"select deleted_at is not null, version, change_seq > pushed_seq, curated_hash from cognitive_commits where id = '{_vanishing}'"));
        Assert.Empty(_store.Query($"select 1 from sessions where commit_id = '{_vanishing}'"));
        Assert.Contains(PushPlan.Of(_store.Store, new PushOptions()), item => item.CommitId == _vanishing && item.Turns == 0);
    }

    [Fact]
    public void Nothing_can_be_said_of_it_until_the_agent_took_its_prompt_up()
    {
        var change = new CurationChange { Hidden = true };
        Assert.Equal("StillQueued", Assert.Throws<CogCommitException>(() => Curation.Apply(_store.Store, _vanishing, change)).ErrorId);
        Assert.Equal("StillQueued", Assert.Throws<CogCommitException>(() => Deletion.Delete(_store.Store, _vanishing)).ErrorId);

        Grow();

        Assert.True(Curation.Apply(_store.Store, _store.Query("select id from cognitive_commits where derived_title = 'then this'").Single(), change).Hidden);
    }

    [Fact]
    public void What_the_user_said_of_it_goes_to_its_heir()
    {
        Say("title = 'Mine', title_set = 1, hidden = 1");
        _store.Store.Write(transaction => transaction.Execute("update cognitive_commits set pushed_seq = change_seq, cloud_version = version"));
        Grow();
        Assert.Equal(["Mine | 1 | 1"], _store.Query("""
            select title, hidden, change_seq > pushed_seq from cognitive_commits where derived_title = 'then this' and deleted_at is null
            """));
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    // As of a commit that another recut takes away, for which a second fork would be needed here.
    private void Say(string what) => _store.Store.Write(transaction => transaction.Execute(
        $"update cognitive_commits set {what}, curated_hash = null, change_seq = $change where id = $id", ("$id", _vanishing), ("$change", transaction.NextChange())));

    private void Grow()
    {
        _session.Attachment("then this", Attachment).Answer("yes");
        Import();
    }

    private void Import()
    {
        _session.Write(_folder.Root);
        _store.Import(_folder.Root);
    }
}
