using CogCommit.Core.Capture.ClaudeCode;
using CogCommit.Core.Capture.Cut;
using CogCommit.Core.Capture.Fold;
using CogCommit.Core.Capture.Import;
using CogCommit.Core.Capture.Memory;
using CogCommit.Core.Capture.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Capture;

/// <summary>Brings transcripts into the store: what is new in them, and nothing else.</summary>
public sealed class Importer(StoreFile store)
{
    /// <summary>Hears which files are read.</summary>
    public IReport? Report { get; init; }

    // Other processes wait while a writer writes: writing what was folded takes some four times as long as folding it.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(50);
    private const int CommitsPerTransaction = 200;
    private readonly ClaudeCodeRules _rules = new();

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
        try
        {
            for (; planned.Count > 0; planned = Plan([.. planned.Select(file => file.File)], options, context, cancellation))
            {
                planned = Import(planned, context, counts, finished, cancellation);
            }
        }
        finally
        {
            // Also after a stop: the next import does not come back to what was imported.
            MarkParallel(context.Tally);
            finished.Save();
            MarkBehind(context.Tally);
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
        using var plan = new ImportPlan(store, options, _rules, context, cancellation);
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
        IReadOnlyList<PlannedFile> planned, ImportContext context, ImportCounts counts, FinishedFiles finished, CancellationToken cancellation)
    {
        List<PlannedFile> overtaken = [];
        using var parsed = new ParsedFiles(planned, cancellation);
        for (var i = 0; i < planned.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (planned[i].WasLeft)
            {
                finished.TakeUp(planned[i], context.Tally);
            }

            counts.Begin(planned[i]);
            Report?.Verbose($"Reading {planned[i].File.Path} {(planned[i].State.Offset == 0 ? "from its start" : $"from byte {planned[i].State.Offset} on, where the last import ended")}.");
            if (Import(planned[i], parsed.Of(i), context, counts, finished, cancellation))
            {
                counts.Done();
            }
            else
            {
                Report?.Verbose($"Another process was faster with {planned[i].File.Path}; it is looked at again.");
                overtaken.Add(planned[i]);
            }
        }

        return overtaken;
    }

    /// <returns>False when another process was faster.</returns>
    private bool Import(
        PlannedFile planned, IEnumerable<IReadOnlyList<ParsedLine>> parcels, ImportContext context, ImportCounts counts, FinishedFiles finished,
        CancellationToken cancellation)
    {
        // Its main session said nothing yet: the file waits, and its parser is let go.
        if (planned.File.Parent is { } parent && store.Write(transaction => new AgentSessions(transaction).Find(parent)) is null)
        {
            Skip(parcels);
            return true;
        }

        using var lines = new LineCursor(parcels);

        // A record without a time takes the previous one's, else the next one's (rule 1). It is looked for before: what waits for it would
        // else be the whole file. Where none is, the file waits until somebody writes one.
        var time = planned.State.LastTime ?? TranscriptProbe.FirstTime(planned.File.Path, cancellation);
        if (time is null)
        {
            while (lines.Load() && lines.Next(out var line))
            {
                counts.Line(planned.File, line);
            }
        }

        // Until all is done it is no file that did not change: whoever stops here goes on here.
        var now = planned with { State = planned.State with { Size = TranscriptState.Unfinished, LastTime = time } };
        while (lines.Load())
        {
            cancellation.ThrowIfCancellationRequested();
            if (store.Write(transaction => now.IsStill(transaction) ? FoldBatch(transaction, now, lines, context, counts) : null) is not { } state)
            {
                Skip(parcels);
                return false;
            }

            now = now with { State = state, Stored = state.Offset };
            Report?.Debug($"Stored up to byte {state.Offset}, line {state.Lines}, of {planned.File.Path}.");
        }

        finished.Add(now with { State = now.State with { Size = planned.State.Size } });
        return true;
    }

    /// <summary>Lets the file's parser go.</summary>
    private static void Skip(IEnumerable<IReadOnlyList<ParsedLine>> parcels)
    {
        foreach (var _ in parcels)
        {
        }
    }

    private TranscriptState FoldBatch(
        WriteTransaction transaction, PlannedFile planned, LineCursor lines, ImportContext context, ImportCounts counts)
    {
        transaction.IndexLater();
        var sessions = new AgentSessions(transaction);
        if (planned.State.Offset == 0 && sessions.Find(planned.File.Key) is { } known)
        {
            sessions.Clear(known.Row);
            sessions.ClearWithin(known.Row);
        }

        var upgraded = new UpgradedRows(transaction, planned.File.Key);
        var import = new TranscriptImport(transaction, planned.File, planned.State, _rules, context);
        var began = store.Clock.GetTimestamp();

        // Forks and rows of the original are taken over whole: nobody sees half of it.
        bool InOne() => import.InReplay || upgraded.Any;
        while (((store.Clock.GetElapsedTime(began) < Longest || InOne()) && lines.Next(out var line)) || (InOne() && lines.Load() && lines.Next(out line)))
        {
            counts.Line(planned.File, line);
            import.Fold(line);
        }

        import.Save();
        if (upgraded.Any && sessions.Find(planned.File.Key) is { } session)
        {
            upgraded.Merge(session, context.Tally);
        }

        Refold.Mark(transaction, context.Tally.Behind);
        return import.State;
    }

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
