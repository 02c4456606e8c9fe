using CogCommit.Core.Capture;
using SQLitePCL;

namespace CogCommit.Core.Tests.Capture.Import;

/// <summary>What is new costs a long history no more than a short one: counted in SQLite's own steps, not in seconds.</summary>
public sealed class ImportWorkTests : IDisposable
{
    private const int Turns = 20;
    private readonly TranscriptFolder _folder = new();
    private readonly CapturedStore _store = new();
    private int _sessions;

    private static string Id(int session) => $"aaaaaaaa-0000-4000-8000-{session:D12}";

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void An_appended_line_costs_the_same_in_a_long_history()
    {
        var session = new TranscriptBuilder(Id(0)).Prompt("go").Answer("ok");
        Remember(20);
        var few = Appended(session);
        Remember(180);
        Assert.InRange(Appended(session), few / 2, few + (few / 10));
    }

    [Fact]
    public void The_transactions_of_an_import_come_into_the_full_text_index_as_one_piece()
    {
        var session = new TranscriptBuilder(Id(0));
        for (var turn = 0; turn < Turns; turn++)
        {
            session.Prompt($"question {turn}").Answer($"answer {turn}");
        }

        session.Write(_folder.Root);
        // Each line in a transaction of its own.
        new Importer(_store.Store) { Longest = TimeSpan.Zero }.Run(new ImportOptions { Paths = [_folder.Root] }, null, TestContext.Current.CancellationToken);
        Assert.Equal(["1"], _store.Query("select count(distinct segid) from turn_index_idx"));
        Assert.Equal([$"{2 * Turns}"], _store.Query("select count(*) from turn_index_docsize"));
        Assert.Empty(_store.Query("select * from full_text_later"));
    }

    [Fact]
    public void What_a_killed_import_left_to_wait_comes_into_the_index_with_the_next_also_where_that_has_nothing_new()
    {
        new TranscriptBuilder(Id(0)).Prompt("go").Answer("ok").Write(_folder.Root);
        _store.Import(_folder.Root);
        _store.Store.Write(transaction =>
        {
            transaction.IndexLater();
            transaction.LeaveIndex();
            transaction.Execute("update turns set content = 'lighthouse' where role = 'user'");
        });
        Assert.Equal(["0"], _store.Query("select count(*) from turn_index where turn_index match 'lighthouse'"));
        Assert.Equal(0, _store.Import(_folder.Root).Lines);
        Assert.Equal(["1"], _store.Query("select count(*) from turn_index where turn_index match 'lighthouse'"));
    }

    /// <summary>Imports sessions that nobody comes back to.</summary>
    private void Remember(int sessions)
    {
        for (var end = _sessions + sessions; _sessions < end;)
        {
            var other = new TranscriptBuilder(Id(++_sessions), "/home/ann/projects/other");
            for (var turn = 0; turn < Turns / 2; turn++)
            {
                other.Prompt($"question {turn}").Answer($"answer {turn}");
            }

            other.Write(_folder.Root);
        }

        _store.Import(_folder.Root);
        Assert.Equal($"{_sessions * Turns}", _store.Query("select count(*) from turns t join sessions s on s.id = t.session_id join cognitive_commits c on c.id = s.commit_id where c.project_name = 'other'")[0]);
    }

    /// <summary>How many steps the import of one line more takes.</summary>
    private int Appended(TranscriptBuilder session)
    {
        // The first time the session is new.
        session.Write(_folder.Root);
        _store.Import(_folder.Root);
        session.Answer("more").Write(_folder.Root);
        var steps = 0;
        Watch(() => steps++);
        Assert.Equal(1, _store.Import(_folder.Root).Lines);
        Watch(null);
        return steps;
    }

    // Each step: of a hundred at once most statements have none.
    private void Watch(Action? step) => _store.Store.Write(transaction => raw.sqlite3_progress_handler(transaction.Connection.Handle!, step is null ? 0 : 1, _ =>
    {
        step?.Invoke();
        return 0;
    }, null));
}
