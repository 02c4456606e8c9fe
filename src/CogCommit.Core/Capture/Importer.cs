using System.Diagnostics;
using CogCommit.Core.Capture.ClaudeCode;
using CogCommit.Core.Capture.Import;
using CogCommit.Core.Store;

namespace CogCommit.Core.Capture;

/// <summary>Brings transcripts into the store: what is new in them, and nothing else.</summary>
public sealed class Importer(StoreFile store)
{
    // Other processes wait while a writer writes.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(120);
    private readonly ClaudeCodeRules _rules = new();

    /// <summary>Imports what the options choose.</summary>
    /// <exception cref="OperationCanceledException">Stopped; what was written until then is whole, and the next import goes on there.</exception>
    public ImportResult Run(ImportOptions options, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var started = store.Clock.GetTimestamp();
        var (files, housekeeping) = TranscriptFiles.Find(options.Paths.Count > 0 ? options.Paths : TranscriptFiles.DefaultFolders());
        var context = new ImportContext(store);
        var planned = new ImportPlan(store, options, _rules, context).Of(files);
        var counts = new ImportCounts(planned, progress);
        using (var parsed = new ParsedFiles(planned, cancellation))
        {
            for (var i = 0; i < planned.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                counts.Begin(planned[i]);
                Import(planned[i], parsed.Of(i), context, counts, cancellation);
                counts.Done();
            }
        }

        return counts.Result(files.Count, housekeeping, context, store.Clock.GetElapsedTime(started));
    }

    private void Import(
        PlannedFile planned, IEnumerable<IReadOnlyList<ParsedLine>> parcels, ImportContext context, ImportCounts counts, CancellationToken cancellation)
    {
        using var lines = new LineCursor(parcels, planned.State.LastTime);
        var state = planned.State;
        while (lines.Load())
        {
            cancellation.ThrowIfCancellationRequested();
            state = store.Write(transaction => FoldBatch(transaction, planned with { State = state }, lines, context, counts));
        }

        // Nothing new in it, but it was looked at: the next import need not open it.
        if (state == planned.State)
        {
            store.Write(state.Save);
        }
    }

    private TranscriptState FoldBatch(
        WriteTransaction transaction, PlannedFile planned, LineCursor lines, ImportContext context, ImportCounts counts)
    {
        if (planned.State.Offset == 0)
        {
            transaction.Execute("delete from agent_sessions where agent_session_id = $key", ("$key", planned.File.Key));
        }

        var import = new TranscriptImport(transaction, planned.File, planned.State, _rules, context);
        var clock = Stopwatch.StartNew();
        while (((clock.Elapsed < Longest || import.InReplay) && lines.Next(out var line)) || (import.InReplay && lines.Load() && lines.Next(out line)))
        {
            counts.Line(planned.File, line);
            import.Fold(line);
        }

        import.Save();
        return import.State;
    }
}
