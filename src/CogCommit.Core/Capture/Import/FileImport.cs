using CogCommit.Core.Capture.Memory;
using CogCommit.Core.Capture.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Capture.Import;

/// <summary>What became of a transcript in a transaction.</summary>
internal enum FileStep
{
    /// <summary>There is more of it to come.</summary>
    More,

    /// <summary>It was read to its end.</summary>
    Through,

    /// <summary>A subagent's, whose main session said nothing yet: it waits for another import.</summary>
    Waits,

    /// <summary>Another process was faster.</summary>
    Overtaken,
}

/// <summary>One transcript of an import, on its way from its parser into the store.</summary>
internal sealed class FileImport(PlannedFile planned, LineCursor lines, IAgentRules rules, ImportContext context, ImportCounts counts, TimeProvider clock)
{
    /// <summary>However fast this machine is: what was folded is in memory until it is written.</summary>
    public const int LinesAtOnce = 2048;
    private const long BytesAtOnce = 4 << 20;

    private PlannedFile? _now;

    public PlannedFile Planned => planned;

    /// <summary>Somebody prepared it.</summary>
    public bool HasBegun => _now is not null;

    /// <summary>How far it is stored. Until all is done it is no file that did not change: whoever stops here goes on here.</summary>
    public PlannedFile Now => _now ?? planned;

    /// <summary>Waits until there is something to fold, or the file is through. It may read the file for that: not within a transaction.</summary>
    public void Prepare(CancellationToken cancellation)
    {
        var some = lines.Load();
        if (HasBegun)
        {
            return;
        }

        // A record without a time takes the previous one's, else the next one's (rule 1). It is looked for before: what waits for it would
        // else be the whole file. Where none is, the file waits until somebody writes one.
        var time = planned.State.LastTime ?? lines.FirstTime ?? (some ? TranscriptProbe.FirstTime(planned.File.Path, cancellation) : null);
        Begin(time);
        while (time is null && lines.Load() && lines.Next(out var line))
        {
            counts.Line(planned.File, line);
        }
    }

    /// <summary>As <see cref="Prepare"/>, but never waits; false when that would be needed.</summary>
    public bool TryPrepare()
    {
        if (!lines.TryLoad() || (planned.State.LastTime ?? lines.FirstTime) is not { } time)
        {
            return false;
        }

        Begin(time);
        return true;
    }

    /// <summary>Folds what is there, at least a line and for no longer than is said, and writes it.</summary>
    public FileStep Fold(WriteTransaction transaction, TimeSpan longest)
    {
        if (planned.File.Parent is { } parent && new AgentSessions(transaction).Find(parent) is null)
        {
            return FileStep.Waits;
        }

        if (!Now.IsStill(transaction))
        {
            return FileStep.Overtaken;
        }

        if (lines.TryLoad())
        {
            var state = FoldBatch(transaction, longest);
            _now = Now with { State = state, Stored = state.Offset };
        }

        return lines.IsThrough ? FileStep.Through : FileStep.More;
    }

    /// <summary>Lets the file's parser go.</summary>
    public void Skip() => lines.Skip();

    private void Begin(DateTimeOffset? time)
    {
        _now = planned with { State = planned.State with { Size = TranscriptState.Unfinished, LastTime = time } };
        counts.Begin(planned);
    }

    private TranscriptState FoldBatch(WriteTransaction transaction, TimeSpan longest)
    {
        transaction.IndexLater();
        var sessions = new AgentSessions(transaction);
        if (Now.State.Offset == 0 && sessions.Find(planned.File.Key) is { } known)
        {
            sessions.Clear(known.Row);
            sessions.ClearWithin(known.Row);
        }

        var upgraded = new UpgradedRows(transaction, planned.File.Key);
        var import = new TranscriptImport(transaction, planned.File, Now.State, rules, context);
        var began = clock.GetTimestamp();

        // Forks and rows of the original are taken over whole: nobody sees half of it.
        bool InOne() => import.InReplay || upgraded.Any;
        bool HasRoom() => clock.GetElapsedTime(began) < longest && import.State.Lines - Now.State.Lines < LinesAtOnce && import.State.Offset - Now.State.Offset < BytesAtOnce;
        for (var goesOn = true; goesOn && (lines.Next(out var line) || (InOne() && lines.Load() && lines.Next(out line))); goesOn = HasRoom() || InOne())
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
}
