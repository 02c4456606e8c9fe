using CogCommit.Core;
using CogCommit.Core.Store;
using CogCommit.Core.Sync;
using CogCommit.Core.Tests.Capture.Import;

namespace CogCommit.Cloud.Tests.Sync;

/// <summary>What becomes of a deleted commit, of its session that goes on, and of machines that hear of it late.</summary>
public sealed class DeletionTests(SyncDatabase database) : TranscriptTests(database)
{
    [Fact]
    public async Task What_a_session_says_after_its_commit_was_deleted_opens_a_new_one_on_every_machine()
    {
        var (a, b, _) = await DeletedAsync(turns: 4);
        Import(a, 6);
        await a.SyncAsync();
        Import(b, 8);
        await b.SyncAsync();
        Import(a, 8);
        await SettleAsync(a, b);
        Assert.Equal(["prompt 4 4"], Live(a));
    }

    [Fact]
    public async Task What_was_said_before_the_deletion_was_known_is_not_deleted_with_it()
    {
        var (a, b) = (NewDevice(), NewDevice());
        Import(a, 4);
        await a.SyncAsync();
        Import(b, 6);
        a.Delete(CommitOf(a));
        await a.SyncAsync();
        await SettleAsync(b, a);
        Assert.Equal(["prompt 4 2"], Live(b));
    }

    [Fact]
    public async Task The_same_where_the_longer_text_was_in_the_cloud_before_the_deletion()
    {
        var (a, b) = (NewDevice(), NewDevice());
        Import(a, 4);
        await a.SyncAsync();
        Import(b, 6);
        await b.SyncAsync();
        a.Delete(CommitOf(a));
        await SettleAsync(a, b);
        Assert.Equal(["prompt 4 2"], Live(a));
    }

    [Fact]
    public async Task A_machine_that_has_no_transcript_deletes_no_more_than_it_knew()
    {
        var (a, b) = (NewDevice(), NewDevice());
        Import(a, 4);
        await a.SyncAsync();
        await b.SyncAsync();
        Import(a, 6);
        b.Delete(CommitOf(b));
        await b.SyncAsync();
        await SettleAsync(a, b);
        Assert.Equal(["prompt 4 2"], Live(b));
    }

    [Fact]
    public async Task After_30_days_the_content_is_gone_everywhere_also_where_it_was_deleted_and_where_nobody_was_online()
    {
        var (a, b, commit) = await DeletedAsync(turns: 4);
        var away = NewDevice();
        Import(away, 4);
        Assert.All(new[] { a, b, away }, device => Assert.Equal(4, device.Count("turns")));
        await FortyDaysPassAsync();
        b.Import(Talk.Of("other", "x", "y"));
        await SettleAsync(b, a, away);
        foreach (var device in new[] { a, b, away })
        {
            Assert.Equal(2, device.Count("turns"));
            Assert.Equal(0, device.Scalar<long>("select count(*) from sessions where commit_id = $id", ("$id", commit)));
            Assert.Equal(0, device.Scalar<long>("select count(*) from turn_index where turn_index match 'prompt'"));
            Assert.Equal("||[]|[]", device.Scalar<string>(
                "select derived_title || '|' || coalesce(git_subject, '') || '|' || files_read || '|' || files_changed from cognitive_commits where id = $id", ("$id", commit)));
        }

        Assert.Equal("2", await Database.Database.ScalarAsync("select count(*) from public.turns where user_id = $1", User.Id));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task A_machine_that_was_away_for_40_days_and_has_the_transcript_brings_nothing_back(int knew)
    {
        var away = NewDevice();
        Import(away, knew);
        var (a, b, commit) = await DeletedAsync(turns: 4);
        await FortyDaysPassAsync();
        b.Import(Talk.Of("other", "x", "y"));
        await b.SyncAsync();
        await SettleAsync(away, a, b);
        Assert.Equal(knew == 4 ? ["x 2"] : ["x 2", "prompt 4 2"], Live(away));

        // What was said since opens a commit, the same for one who knew more, for one who deleted, and for two that read it the first time.
        var (importsFirst, syncsFirst) = (NewDevice(), NewDevice());
        await syncsFirst.SyncAsync();
        foreach (var device in new[] { away, importsFirst, syncsFirst, a })
        {
            Import(device, 8);
            await device.SyncAsync();
        }

        await SettleAsync(away, a, b, importsFirst, syncsFirst);
        Assert.Equal(["x 2", "prompt 4 4"], Live(syncsFirst));
        Assert.All(new[] { away, a, importsFirst }, device =>
            Assert.Equal(0, device.Scalar<long>("select count(*) from sessions where commit_id = $id", ("$id", commit))));
    }

    [Fact]
    public async Task What_only_the_machine_that_was_away_knows_is_kept_although_its_transcript_is_gone()
    {
        var away = NewDevice();
        Import(away, 6);
        var (a, b, _) = await DeletedAsync(turns: 4);
        await FortyDaysPassAsync();
        b.Import(Talk.Of("other", "x", "y"));
        await b.SyncAsync();
        Import(NewDevice(), 2);
        await SettleAsync(away, a, b);
        Assert.Equal("prompt 4", a.Scalar<string>("select content from turns where content like 'prompt%'"));
    }

    [Fact]
    public async Task A_commit_that_git_closed_needs_no_boundary()
    {
        static TranscriptBuilder Session(int more)
        {
            var transcript = new TranscriptBuilder(TranscriptTests.Session).Prompt("go").Commit("1111111", "one");
            for (var n = 0; n < more; n++)
            {
                transcript.Prompt($"prompt {n}");
            }

            return transcript;
        }

        var (a, b) = (NewDevice(), NewDevice());
        Import(a, Session(0));
        await a.SyncAsync();
        a.Delete(CommitOf(a));
        await a.SyncAsync();
        await FortyDaysPassAsync();
        a.Import(Talk.Of("other", "x", "y"));
        await a.SyncAsync();
        Import(b, Session(2));
        Import(a, Session(2));
        await SettleAsync(b, a);
        Assert.Equal(["x 2", "prompt 0 2"], Live(b));
    }

    [Fact]
    public async Task A_deletion_can_be_taken_back_from_any_machine_until_it_is_purged()
    {
        var (a, b, commit) = await DeletedAsync(turns: 4);
        Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal("prompt 0", Curation.Restore(b.Store, commit).Title);
        await SettleAsync(b, a);
        Assert.Equal(["prompt 0 4"], Live(a));

        // The session goes on behind it.
        Import(a, 6);
        Import(b, 6);
        await SettleAsync(a, b);
        Assert.Equal(["prompt 0 4", "prompt 4 2"], Live(b));

        a.Delete(commit);
        await SettleAsync(a, b);
        await FortyDaysPassAsync();
        b.Import(Talk.Of("other", "x", "y"));
        await SettleAsync(b, a);
        foreach (var device in new[] { a, b })
        {
            var error = Assert.Throws<CogCommitException>(() => Curation.Restore(device.Store, commit));
            Assert.Equal(("CommitPurged", ErrorKind.NotFound), (error.ErrorId, error.Kind));
        }
    }

    [Fact]
    public async Task A_restore_that_comes_too_late_ends_as_a_purge_and_the_edit_is_in_the_archive()
    {
        var (a, b, commit) = await DeletedAsync(turns: 4);
        await FortyDaysPassAsync();
        b.Import(Talk.Of("other", "x", "y"));
        await b.SyncAsync();
        Clock.Advance(TimeSpan.FromSeconds(1));
        Curation.Apply(a.Store, Curation.Restore(a.Store, commit).Id, new CurationChange { Title = "mine" });
        await SettleAsync(a, b);
        Assert.Equal(["x 2"], Live(a));
        Assert.Contains(ConflictReader.Read(a.Store), conflict => conflict.Fields.Any(field => field.Local is "mine"));
    }

    [Fact]
    public async Task What_was_deleted_before_it_was_ever_pushed_is_restored_where_it_is_and_then_goes_up_whole()
    {
        var (a, b) = (NewDevice(), NewDevice());
        Import(a, 4);
        var commit = CommitOf(a);
        a.Delete(commit);
        await SettleAsync(a, b);
        Assert.Equal("CommitPurged", Assert.Throws<CogCommitException>(() => Curation.Restore(b.Store, commit)).ErrorId);
        Curation.Restore(a.Store, commit);
        await SettleAsync(a, b);
        Assert.Equal(["prompt 0 4"], Live(b));
    }

    [Fact]
    public async Task A_title_of_a_commit_that_a_recut_empties_goes_to_the_archive_of_whoever_set_it()
    {
        // A commit of the original command line, which was sent before its transcript was read.
        const string Vanishing = "77777777-0000-4000-8000-000000000007";
        const string Prompt = "99999999-0000-4000-8000-000000000009";
        var (a, b) = (NewDevice(), NewDevice());
        a.Store.Write(transaction =>
        {
            foreach (var sql in new[]
            {
                $"""
                insert into cognitive_commits (id, agent_session_id, started_at, closed_at, closed_by, derived_title, hash, updated_at, change_seq)
                values ('{Vanishing}', '{Session}', '2026-03-01T10:00:00.000000Z', '2026-03-01T10:00:00.000000Z', 'session_end', 'go', 'o', '2026-03-01T10:00:00.000000Z', {transaction.NextChange()})
                """,
                $"""
                insert into sessions (id, commit_id, agent_session_id, started_at, ended_at, hash, change_seq)
                values ('88888888-0000-4000-8000-000000000008', '{Vanishing}', '{Session}', '2026-03-01T10:00:00.000000Z', '2026-03-01T10:00:00.000000Z', 'o', {transaction.NextChange()})
                """,
                $"""
                insert into turns (id, session_id, role, content, timestamp, hash, change_seq)
                values ('{Prompt}', '88888888-0000-4000-8000-000000000008', 'user', 'go', '2026-03-01T10:00:00.000000Z', 'o', {transaction.NextChange()})
                """,
            })
            {
                transaction.Execute(sql);
            }

            transaction.RefreshTotals([Vanishing]);
        });
        await SettleAsync(a, b);
        b.Edit(Vanishing, "mine");
        Import(a, new TranscriptBuilder(Session).Prompt("go", Prompt).Answer("yes"));
        await a.SyncAsync();
        await SettleAsync(b, a);
        var conflict = Assert.Single(ConflictReader.Read(b.Store));
        Assert.Contains(conflict.Fields, field => field.Field == "Title" && field.Local is "mine");
        Assert.Equal(["go 2"], Live(b));
    }

    private static string CommitOf(Device device) => device.Scalar<string>("select id from cognitive_commits where agent_session_id is not null order by started_at")!;

    /// <summary>Two machines that both read the transcript, and the first deleted its commit.</summary>
    private async Task<(Device A, Device B, string Commit)> DeletedAsync(int turns)
    {
        var (a, b) = (NewDevice(), NewDevice());
        Import(a, turns);
        await a.SyncAsync();
        Import(b, turns);
        await b.SyncAsync();
        var commit = CommitOf(a);
        a.Delete(commit);
        await a.SyncAsync();
        await b.SyncAsync();
        return (a, b, commit);
    }
}
