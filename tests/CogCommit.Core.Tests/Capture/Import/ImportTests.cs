using CogCommit.Core.Capture;
using CogCommit.Core.Store;

namespace CogCommit.Core.Tests.Capture.Import;

/// <summary>What an import reads and writes, and what it leaves alone.</summary>
public sealed class ImportTests : IDisposable
{
    private const string A = "aaaaaaaa-0000-4000-8000-000000000001";
    private const string B = "bbbbbbbb-0000-4000-8000-000000000002";
    private readonly TranscriptFolder _folder = new();
    private readonly CapturedStore _store = new();

    [Fact]
    public void An_appended_line_costs_that_line()
    {
        var session = new TranscriptBuilder(A).Prompt("go").Answer("ok");
        session.Write(_folder.Root);
        var first = _store.Import(_folder.Root);
        session.Answer("more").Write(_folder.Root);
        var second = _store.Import(_folder.Root);
        Assert.Equal(new FileInfo(Path.Combine(_folder.Root, $"{A}.jsonl")).Length - first.Bytes, second.Bytes);
        Assert.Equal((1, 1, 0, 1), (second.Lines, second.TurnsNew, second.CommitsNew, second.CommitsUpdated));
    }

    [Fact]
    public void Importing_again_opens_no_file()
    {
        var path = new TranscriptBuilder(A).Prompt("go").Answer("ok").Write(_folder.Root);
        _store.Import(_folder.Root);

        // Opening it would fail.
        using var held = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None);
        Assert.Empty(_store.Import(_folder.Root).BadLines);
    }

    [Fact]
    public void Importing_again_parses_and_writes_nothing()
    {
        new TranscriptBuilder(A).Prompt("go").Answer("ok").Write(_folder.Root);
        _store.Import(_folder.Root);
        var before = Written();
        var again = _store.Import(_folder.Root);
        Assert.Equal((1, 0, 0L, 0L), (again.Files, again.FilesRead, again.Lines, again.Bytes));
        Assert.Equal(before, Written());

        // The log of SQLite holds every page that a transaction writes.
        (string, long) Written() => (_store.Query("select value from counters where name = 'change_seq'")[0], new FileInfo(_store.Store.Home.DatabasePath + "-wal").Length);
    }

    [Fact]
    public void A_moved_transcript_keeps_its_place()
    {
        var session = new TranscriptBuilder(A).Prompt("go").Answer("ok");
        File.Delete(Moved(session));
        session.Answer("more").Write(_folder.At("two"));
        Assert.Equal(1, _store.Import(_folder.Root).Lines);
        Assert.Equal(["3"], _store.Query("select turn_count from cognitive_commits"));

        string Moved(TranscriptBuilder transcript)
        {
            var path = transcript.Write(_folder.At("one"));
            _store.Import(_folder.Root);
            return path;
        }
    }

    [Fact]
    public void Of_two_copies_the_longer_one_counts()
    {
        var session = new TranscriptBuilder(A).Prompt("go").Answer("ok");
        session.Write(_folder.At("one"));
        session.Answer("more").Write(_folder.At("two"));
        Assert.Equal(3, _store.Import(_folder.Root).TurnsNew);
        Assert.Equal(0, _store.Import(_folder.Root).FilesRead);
    }

    [Fact]
    public void A_transcript_that_was_written_anew_is_read_from_the_start()
    {
        new TranscriptBuilder(A).Prompt("go").Answer("ok").Write(_folder.Root);
        _store.Import(_folder.Root);
        new TranscriptBuilder(A, start: "2026-04-01T00:00:00Z").Prompt("other", uuid: "99999999-0000-4000-8000-000000000001").Write(_folder.Root);
        Assert.Equal(1, _store.Import(_folder.Root).Lines);
        Assert.Equal(["go", "ok", "other"], _store.Query("select content from turns order by timestamp"));
    }

    [Fact]
    public void An_excluded_project_is_read_as_far_as_its_first_cwd_and_leaves_a_marker_alone()
    {
        new TranscriptBuilder(A, cwd: "/home/ann/secret").Prompt("go").Answer("ok").Write(_folder.Root);
        var options = new ImportOptions { Paths = [_folder.Root], ExcludeProjects = ["sec*"] };
        Assert.Equal(0, _store.Import(options).FilesRead);
        Assert.Equal("", _store.Rows());
        Assert.Equal(["sec*"], _store.Query("select excluded from transcripts"));
        Assert.Equal(2, _store.Import(_folder.Root).TurnsNew);
    }

    [Fact]
    public void Filters_choose_whole_files_and_leave_the_place_of_the_others_alone()
    {
        new TranscriptBuilder(A, cwd: "/home/ann/loom").Prompt("go").Write(_folder.Root);
        new TranscriptBuilder(B, cwd: "/home/ann/mill", start: "2026-05-01T00:00:00Z").Prompt("grind").Write(_folder.Root);
        Assert.Equal(1, _store.Import(new ImportOptions { Paths = [_folder.Root], Projects = ["M*"] }).FilesRead);
        Assert.Equal(["grind"], _store.Query("select content from turns"));
        Assert.Equal(0, _store.Import(new ImportOptions { Paths = [_folder.Root], Since = DateTimeOffset.Parse("2026-04-01T00:00:00Z", null) }).FilesRead);
        Assert.Equal(1, _store.Import(_folder.Root).FilesRead);
    }

    [Fact]
    public void What_the_user_said_is_not_touched()
    {
        var session = new TranscriptBuilder(A).Prompt("go").Answer("ok");
        session.Write(_folder.Root);
        _store.Import(_folder.Root);
        var id = _store.Query("select id from cognitive_commits")[0];
        Curation.Apply(_store.Store, id, new CurationChange { Title = "Mine", Hidden = true });
        session.Answer("more").Commit("1234567", "done").Write(_folder.Root);
        _store.Import(_folder.Root);
        Assert.Equal(["Mine | 1 | 1234567"], _store.Query("select title, hidden, git_hash from cognitive_commits"));
    }

    [Fact]
    public void An_explicit_boundary_closes_behind_the_last_known_turn()
    {
        var session = new TranscriptBuilder(A).Prompt("go").Answer("ok");
        session.Write(_folder.Root);
        _store.Import(_folder.Root);
        Assert.Equal("explicit", Boundary.Close(_store.Store, A, null).ClosedBy);
        Assert.Equal("NothingToClose", Assert.Throws<CogCommitException>(() => Boundary.Close(_store.Store, A, null)).ErrorId);
        session.Prompt("next").Write(_folder.Root);
        _store.Import(_folder.Root);
        Assert.Equal(["go | explicit", "next | session_end"], Commits());
    }

    [Fact]
    public void A_boundary_from_another_machine_cuts_turns_that_are_here_already()
    {
        new TranscriptBuilder(A).Prompt("go").Answer("ok").Prompt("next").Write(_folder.Root);
        _store.Import(_folder.Root);
        var turn = _store.Query("select id from turns where content = 'ok'")[0];
        _store.Store.Write(transaction => transaction.Execute("update cognitive_commits set closed_by = 'explicit', closed_after = $t", ("$t", turn)));
        _store.Import(_folder.Root);
        Assert.Equal(["go | explicit", "next | session_end"], Commits());
    }

    [Fact]
    public void What_a_session_says_after_its_commit_was_deleted_opens_a_new_one()
    {
        var session = new TranscriptBuilder(A).Prompt("go").Answer("ok");
        session.Write(_folder.Root);
        _store.Import(_folder.Root);
        Deletion.Delete(_store.Store, _store.Query("select id from cognitive_commits")[0]);
        session.Prompt("next").Write(_folder.Root);
        _store.Import(_folder.Root);
        Assert.Equal(["next | 1"], _store.Query("select derived_title, turn_count from cognitive_commits where deleted_at is null"));
    }

    [Fact]
    public void What_was_pruned_stays_away_also_when_everything_is_read_again()
    {
        var session = new TranscriptBuilder(A).Prompt("go").Answer("ok");
        session.Write(_folder.Root);
        _store.Import(_folder.Root);
        Pruning.Prune(_store.Store, _store.Query("select id from cognitive_commits"), force: true);
        session.Prompt("next").Write(_folder.Root);
        _store.Import(_folder.Root);
        Assert.Equal(["next | session_end"], Commits());
        _store.Import(new ImportOptions { Paths = [_folder.Root], Rebuild = true });
        Assert.Equal(["next | session_end"], Commits());
    }

    [Fact]
    public void Sessions_of_one_project_at_the_same_time_are_parallel()
    {
        new TranscriptBuilder(A).Prompt("go").Answer("ok").Answer("ok").Write(_folder.Root);
        new TranscriptBuilder(B, start: "2026-03-01T10:00:15Z").Prompt("also").Write(_folder.Root);
        new TranscriptBuilder("cccccccc-0000-4000-8000-000000000003", start: "2026-03-01T10:00:15Z", cwd: "/home/ann/mill").Prompt("elsewhere").Write(_folder.Root);
        _store.Import(_folder.Root);
        Assert.Equal(["also | 0", "elsewhere | 0", "go | 1"], _store.Query("select derived_title, parallel from cognitive_commits order by 1"));
    }

    [Fact]
    public void Replayed_turns_belong_to_the_session_that_came_first_and_are_stored_once()
    {
        var original = new TranscriptBuilder(A).Prompt("go").Answer("ok").Commit("1234567", "done").Prompt("on");
        var fork = new TranscriptBuilder(B, start: "2026-03-01T11:00:00Z").Replay(original, 4).Prompt("another way").Answer("fine");
        fork.Write(_folder.Root);
        _store.Import(_folder.Root);
        original.Write(_folder.Root);
        _store.Import(_folder.Root);
        Assert.Equal(
            [$"{A} | go | 3", $"{A} | on | 1", $"{B} | another way | 2"],
            _store.Query("select agent_session_id, derived_title, turn_count from cognitive_commits order by started_at"));
    }

    // Found by the laws (CaptureLawsTests): the fork kept it too, and its commit stood in the original's place.
    [Fact]
    public void A_queued_prompt_with_which_the_original_ends_is_given_back_by_a_fork_that_was_there_before()
    {
        var original = new TranscriptBuilder(A).Attachment("queued", Record(1));
        var fork = new TranscriptBuilder(B, start: "2026-03-01T11:00:00Z").Replay(original, 1).Answer("fine").Commit("1234567", "done");
        fork.Write(_folder.Root);
        _store.Import(_folder.Root);
        original.Write(_folder.Root);
        _store.Import(_folder.Root);
        Assert.Equal(
            [$"{A} | queued | 1", $"{B} | done | 2"], _store.Query("select agent_session_id, derived_title, turn_count from cognitive_commits order by started_at"));
        Assert.Equal([$"{A} | 1", $"{B} | 2"], _store.Query("select s.agent_session_id, count(*) from turns t join sessions s on s.id = t.session_id group by 1 order by 1"));
    }

    [Fact]
    public void Rows_of_the_original_meet_their_transcript()
    {
        new TranscriptBuilder(A).Prompt("go", uuid: Record(1)).Answer("first", "m", Record(2)).Answer("second", "m", Record(3))
            .Commit("1234567", "done").Prompt("next", uuid: Record(4)).Write(_folder.Root);
        _store.Store.Write(transaction =>
        {
            transaction.Execute("""
                insert into cognitive_commits (id, agent_session_id, started_at, closed_at, closed_by, title, title_set, updated_at)
                values ('old', $a, '2026-03-01T10:00:00.000000Z', '2026-03-01T11:00:00.000000Z', 'session_end', 'Mine', 1, '2026-03-01T11:00:00.000000Z')
                """, ("$a", A));
            transaction.Execute("""
                insert into sessions (id, commit_id, agent_session_id, started_at, ended_at)
                values ($a, 'old', $a, '2026-03-01T10:00:00.000000Z', '2026-03-01T11:00:00.000000Z')
                """, ("$a", A));
            foreach (var n in Enumerable.Range(1, 4))
            {
                transaction.Execute("insert into turns (id, session_id, role, content, timestamp) values ($id, $a, 'user', 'old', '2026-03-01T10:00:00.000000Z')",
                    ("$id", Record(n)), ("$a", A));
            }
        });
        _store.Import(_folder.Root);
        Assert.Equal(["Mine | 3 | 1234567", " | 1 | "], _store.Query("select title, turn_count, git_hash from cognitive_commits order by started_at"));
        Assert.Equal(["go", "first\nsecond", "", "next"], _store.Query("select content from turns order by ordinal"));
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    private static string Record(int n) => $"99999999-0000-4000-8000-00000000000{n}";

    private List<string> Commits() => _store.Query("select derived_title, closed_by from cognitive_commits order by started_at");
}
