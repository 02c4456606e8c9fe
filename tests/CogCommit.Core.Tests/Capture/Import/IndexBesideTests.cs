using System.Globalization;
using CogCommit.Core.Capture;
using CogCommit.Core.Capture.Import;
using CogCommit.Core.Store;
using CogCommit.Testing;

namespace CogCommit.Core.Tests.Capture.Import;

/// <summary>Of an import that is large enough to have its text indexed by another thread: full text is whole, however it ends.</summary>
public sealed class IndexBesideTests : IDisposable
{
    // In files of half a megabyte, five times as much as is indexed at once.
    private const int Files = 30;
    private const int TurnsInFile = 5;
    private const int TurnLength = 100_000;
    private readonly TranscriptFolder _folder = new();
    private readonly CapturedStore _store = new();

    public IndexBesideTests()
    {
        for (var file = 0; file < Files; file++)
        {
            var session = new TranscriptBuilder($"aaaaaaaa-0000-4000-8000-{file:D12}");
            for (var turn = 0; turn < TurnsInFile; turn++)
            {
                session.Answer($"file{file}turn{turn} {string.Concat(Enumerable.Repeat("word ", TurnLength / 5))}");
            }

            session.Write(_folder.Root);
        }
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Pieces_come_into_the_index_while_the_import_goes_on_and_no_more_text_waits_than_is_said()
    {
        var waiting = new List<long>();
        var found = new List<long>();
        Import(() =>
        {
            waiting.Add(Number("select coalesce(sum(bytes), 0) from turns where row in (select row from turn_index_later)"));
            found.Add(Number("select count(*) from turn_index where turn_index match 'word'"));
        });
        // In the piece and behind it.
        Assert.InRange(waiting.Max(), IndexBeside.Least, 2 * (IndexBeside.Most + TurnLength));
        Assert.Contains(found, turns => turns is > 0 and < Files * TurnsInFile);
        AssertWhole(Files * TurnsInFile);
    }

    [Fact]
    public void Where_an_import_is_stopped_all_it_stored_is_found()
    {
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Import(
            () =>
            {
                if (Number("select count(*) from turns") >= Files * TurnsInFile / 2)
                {
                    stop.Cancel();
                }
            },
            stop.Token));
        var turns = Number("select count(*) from turns");
        Assert.InRange(turns, Files * TurnsInFile / 2, (Files * TurnsInFile) - 1);
        AssertWhole(turns);
    }

    [Fact]
    public void An_index_that_is_damaged_is_told_and_what_was_stored_until_then_stays()
    {
        _store.Store.Write(transaction => transaction.Execute("update turn_index_data set block = x'00' where id = 10"));
        Assert.Equal("SearchIndexDamaged", Assert.Throws<CogCommitException>(() => Import(() => { })).ErrorId);
        // It ends with the first piece, which the import does not run away from.
        var stored = Number("select count(*) from turns");
        Assert.InRange(stored, 1, (Files * TurnsInFile) - 1);
        FullTextIndex.Rebuild(_store.Store, null, TestContext.Current.CancellationToken);
        AssertWhole(stored);
        Import(() => { });
        AssertWhole(Files * TurnsInFile);
    }

    private void Import(Action listen, CancellationToken? cancellation = null) =>
        // Each line in a transaction of its own.
        new Importer(_store.Store) { Longest = TimeSpan.Zero }.Run(
            new ImportOptions { Paths = [_folder.Root] }, new Reports<ImportProgress>(_ => listen()), cancellation ?? TestContext.Current.CancellationToken);

    private void AssertWhole(long turns)
    {
        Assert.Empty(_store.Query("select row from turn_index_later union all select waits from full_text_later"));
        Assert.Equal(turns, Number("select count(*) from turn_index where turn_index match 'word'"));
        // FTS5's own check.
        _store.Store.Write(transaction => transaction.Execute("insert into turn_index (turn_index) values ('integrity-check')"));
    }

    private long Number(string sql) => long.Parse(_store.Query(sql)[0], CultureInfo.InvariantCulture);
}
