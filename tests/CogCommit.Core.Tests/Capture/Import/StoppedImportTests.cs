using CogCommit.Core.Capture;
using CogCommit.Core.Capture.Import;
using CogCommit.Testing;

namespace CogCommit.Core.Tests.Capture.Import;

/// <summary>An import that is stopped, and how much one transaction of it does.</summary>
public sealed class StoppedImportTests : IDisposable
{
    private const string A = "aaaaaaaa-0000-4000-8000-000000000001";
    private const string B = "bbbbbbbb-0000-4000-8000-000000000002";
    private readonly TranscriptFolder _folder = new();

    [Fact]
    public void Stopped_anywhere_the_store_is_right_and_the_next_import_completes_it()
    {
        var session = new TranscriptBuilder(A);
        for (var i = 0; i < 100; i++)
        {
            session.Prompt($"prompt {i}").Answer("one", $"m{i}").Answer("two", $"m{i}").Commit($"{i + 1:x7}", $"commit {i}");
        }

        session.Write(_folder.Root);
        new TranscriptBuilder(A, agentId: "x1").Prompt("look").Answer("found").Write(_folder.Root);
        new TranscriptBuilder(B, start: "2026-03-01T11:00:00Z").Prompt("also").Answer("ok").Write(_folder.Root);
        using var fresh = new CapturedStore();
        fresh.Import(_folder.Root);
        var rows = fresh.Rows();
        var stops = 0;
        for (var stopped = true; stopped; stops++)
        {
            using var store = new CapturedStore();
            using var source = new CancellationTokenSource();
            var left = stops;
            stopped = !Completes(store, source, new Reports<ImportProgress>(_ =>
            {
                if (left-- == 0)
                {
                    source.Cancel();
                }
            }));
            Assert.Empty(store.Query("""
                select id from cognitive_commits c where turn_count <> (select count(*) from turns t join sessions s on s.id = t.session_id where s.commit_id = c.id)
                  or turn_count = 0
                """));
            Assert.Empty(store.Query("select t.id from turns t where not exists (select 1 from captured_turns f where f.turn_id = t.id)"));
            Assert.Empty(store.Query("select row from turns except select id from turn_index_docsize union all select waits from full_text_later"));
            store.Import(_folder.Root);
            Assert.Equal(rows, store.Rows());
        }

        Assert.True(stops > 6, "It was stopped at every report.");
    }

    [Fact]
    public void A_transaction_takes_a_bounded_number_of_lines_however_long_the_file_is()
    {
        var session = new TranscriptBuilder(A);
        for (var i = 0; i < 3 * FileImport.LinesAtOnce; i++)
        {
            session.Answer($"answer {i}");
        }

        session.Write(_folder.Root);
        var longest = session.Lines.Max(line => line.Length) + 1;
        using var store = new CapturedStore();
        var most = 0L;
        var reports = 0;
        new Importer(store.Store).Run(new ImportOptions { Paths = [_folder.Root] }, new Reports<ImportProgress>(progress =>
        {
            var written = store.Query("select coalesce(sum(offset), 0) from transcripts").Select(long.Parse).Single();
            most = Math.Max(most, progress.BytesDone - written);
            reports++;
        }), TestContext.Current.CancellationToken);
        Assert.True(reports > 5);
        Assert.InRange(most, 1, FileImport.LinesAtOnce * longest);
    }

    public void Dispose() => _folder.Dispose();

    private bool Completes(CapturedStore store, CancellationTokenSource source, Reports<ImportProgress> reports)
    {
        try
        {
            new Importer(store.Store).Run(new ImportOptions { Paths = [_folder.Root] }, reports, source.Token);
            return !source.IsCancellationRequested;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
