using System.Runtime.ExceptionServices;
using CogCommit.Core.Capture.ClaudeCode;
using CogCommit.Core.Capture.Cut;
using CogCommit.Core.Capture.Fold;
using CogCommit.Core.Capture.Import;
using CogCommit.Core.Capture.Rows;
using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Capture;

/// <summary>Brings transcripts into the store: what is new in them, and nothing else.</summary>
public sealed class Importer(StoreFile store)
{
    /// <summary>Hears which files are read.</summary>
    public IReport? Report { get; init; }

    /// <summary>About how long a transaction is: other processes wait while a writer writes. With zero each line has one of its own.</summary>
    internal TimeSpan Longest { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How the agent's records are read.</summary>
    internal IAgentRules Rules { get; init; } = new ClaudeCodeRules();

    // Writing what was folded takes some four times as long as folding it.
    private const int FoldingAndWriting = 5;
    private const int CommitsPerTransaction = 200;

    /// <summary>Imports what the options choose.</summary>
    /// <exception cref="OperationCanceledException">Stopped; what was written until then is whole, and the next import goes on there.</exception>
    public ImportResult Run(ImportOptions options, IProgress<ImportProgress>? progress, CancellationToken cancellation) =>
        RunInDetail(options, progress, cancellation).Result;

    /// <summary>As the other, and says of which sessions and commits the numbers are.</summary>
    internal ImportDetail RunInDetail(ImportOptions options, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var started = store.Clock.GetTimestamp();
        var found = new TranscriptFiles(ParentOf);
        var files = found.Find(options.Paths.Count > 0 ? options.Paths : TranscriptFiles.DefaultFolders());
        var context = new ImportContext(store);
        CutAnew(context);
        var planned = Plan(files, options, context, cancellation);
        Report?.Verbose($"Found {files.Count} {(files.Count == 1 ? "transcript" : "transcripts")}; {planned.Count} of them {(planned.Count == 1 ? "has" : "have")} something new.");
        var counts = new ImportCounts(planned, progress);
        var sessions = planned.Select(file => file.File.Parent ?? file.File.Key).ToHashSet();
        var finished = new FinishedFiles(store);
        using var index = new IndexBeside(store);
        try
        {
            for (; planned.Count > 0; planned = Plan([.. planned.Select(file => file.File)], options, context, cancellation))
            {
                planned = Import(planned, context, counts, finished, index, cancellation);
            }
        }
        finally
        {
            // Also after a stop: the next import does not come back to what was imported.
            MarkParallel(context.Tally);
            finished.Save();
            MarkBehind(context.Tally);
            try
            {
                index.GivePiece();
            }
            finally
            {
                // Also what an import left that was killed.
                store.IndexWhatWaits();
            }
        }

        return new ImportDetail(
            counts.Result(files.Count, found.Housekeeping, context, store.Clock.GetElapsedTime(started)), sessions, context.Tally.NewTurns, context.Tally.Closed);
    }

    /// <summary>Of some files those that an import would read. Nothing is written.</summary>
    internal static IReadOnlyList<TranscriptFile> Outstanding(StoreFile store, IReadOnlyList<TranscriptFile> files, IReadOnlyList<string> excluded)
    {
        using var plan = new ImportPlan(
            store, new ImportOptions { ExcludeProjects = excluded }, new ClaudeCodeRules(), new ImportContext(store), CancellationToken.None);
        return [.. plan.Of(files).Select(planned => planned.File)];
    }

    private IReadOnlyList<PlannedFile> Plan(
        IReadOnlyList<TranscriptFile> files, ImportOptions options, ImportContext context, CancellationToken cancellation)
    {
        using var plan = new ImportPlan(store, options, Rules, context, cancellation);
        var planned = plan.Of(files);
        if (plan.Markers.Count > 0)
        {
            store.Write(transaction => plan.Markers.ForEach(marker => marker.Save(transaction)));
        }

        return planned;
    }

    private string? ParentOf(string path)
    {
        using var reader = store.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = "select agent_session_id from transcripts where path = $path";
        return command.With("$path", path).ExecuteScalar() is string key
            ? key[..key.IndexOf('/', StringComparison.Ordinal)]
            : TranscriptProbe.FirstSessionId(path);
    }

    private void CutAnew(ImportContext context)
    {
        var asked = new HashSet<string>();
        foreach (var session in Boundaries.Waiting(store))
        {
            store.Write(transaction =>
            {
                if (!Boundaries.TakeOver(transaction, session))
                {
                    return;
                }

                new Recut(transaction, context.Writer(transaction), context.Tally).Run(session, new Dictionary<long, IReadOnlyDictionary<int, TurnDraft>>(), force: false);
                // Each commit is asked about once, not again for every session behind its own.
                new ParallelMarks(transaction).Set([.. context.Tally.Moved.Where(asked.Add)]);
                Refold.Mark(transaction, context.Tally.Behind);
            });
            context.Tally.Behind.Clear();
        }
    }

    /// <returns>Those in which another process was faster: they are planned again.</returns>
    private List<PlannedFile> Import(
        IReadOnlyList<PlannedFile> planned, ImportContext context, ImportCounts counts, FinishedFiles finished, IndexBeside index, CancellationToken cancellation)
    {
        List<PlannedFile> overtaken = [];
        foreach (var left in planned.Where(file => file.WasLeft))
        {
            finished.TakeUp(left, context.Tally);
        }

        using var parsed = new ParsedFiles(planned, cancellation);
        var files = new Queue<FileImport>(planned.Select((file, i) => new FileImport(file, new LineCursor(parsed.Of(i)), Rules, context, counts, store.Clock)));
        while (files.TryPeek(out var first))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!first.HasBegun)
            {
                TellBegin(first);
            }

            first.Prepare(cancellation);
            ExceptionDispatchInfo? fault = null;
            var (folded, waits) = store.Write(transaction =>
            {
                var folded = Fold(transaction, files, out fault);
                var waits = 0L;
                if (folded.Count < files.Count || folded[^1].Step == FileStep.More || index.HasPiece)
                {
                    transaction.LeaveIndex();
                    waits = transaction.TextBytes;
                }

                return (folded, waits);
            });
            foreach (var (file, step) in folded)
            {
                if (file != first)
                {
                    TellBegin(file);
                }

                if (step is FileStep.More or FileStep.Through)
                {
                    Report?.Debug($"Stored up to byte {file.Now.State.Offset}, line {file.Now.State.Lines}, of {file.Planned.File.Path}.");
                }

                if (step == FileStep.More)
                {
                    continue;
                }

                files.Dequeue().Skip();
                parsed.Release();
                if (step == FileStep.Overtaken)
                {
                    Report?.Verbose($"Another process was faster with {file.Planned.File.Path}; it is looked at again.");
                    overtaken.Add(file.Planned);
                    continue;
                }

                if (step == FileStep.Through)
                {
                    finished.Add(file.Now with { State = file.Now.State with { Size = file.Planned.State.Size } });
                }

                counts.Done();
            }

            fault?.Throw();
            index.Add(waits);
        }

        return overtaken;
    }

    /// <summary>
    /// Of the files, in their order, as many as a transaction has time for, and as are parsed by now. Many in one: a transaction costs by itself, too.
    /// </summary>
    /// <param name="fault">What one of them met: it undoes nothing of those before it.</param>
    private List<(FileImport File, FileStep Step)> Fold(WriteTransaction transaction, IEnumerable<FileImport> files, out ExceptionDispatchInfo? fault)
    {
        fault = null;
        List<(FileImport File, FileStep Step)> folded = [];
        var began = store.Clock.GetTimestamp();
        foreach (var file in files)
        {
            var left = Longest - store.Clock.GetElapsedTime(began);
            if (folded.Count > 0 && (left < Longest / 2 || !file.TryPrepare()))
            {
                break;
            }

            try
            {
                var longest = left / FoldingAndWriting;
                folded.Add((file, folded.Count == 0 ? file.Fold(transaction, longest) : transaction.Nested(() => file.Fold(transaction, longest))));
            }
            catch (Exception e) when (folded.Count > 0 && e is not (SqliteException or OperationCanceledException))
            {
                fault = ExceptionDispatchInfo.Capture(e);
                break;
            }

            if (folded[^1].Step == FileStep.More)
            {
                break;
            }
        }

        return folded;
    }

    private void TellBegin(FileImport file) => Report?.Verbose(
        $"Reading {file.Planned.File.Path} {(file.Planned.State.Offset == 0 ? "from its start" : $"from byte {file.Planned.State.Offset} on, where the last import ended")}.");

    private void MarkBehind(CommitTally tally)
    {
        if (tally.Behind.Count > 0)
        {
            store.Write(transaction => Refold.Mark(transaction, tally.Behind));
            tally.Behind.Clear();
        }
    }

    private void MarkParallel(CommitTally tally)
    {
        foreach (var some in tally.Moved.Chunk(CommitsPerTransaction))
        {
            store.Write(transaction => new ParallelMarks(transaction).Set(some.ToHashSet()));
        }
    }
}
