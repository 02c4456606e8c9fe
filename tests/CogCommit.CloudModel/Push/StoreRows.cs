using CogCommit.CloudModel.Json;
using CogCommit.CloudModel.Rows;

namespace CogCommit.CloudModel.Push;

/// <summary>Writes what was accepted. Each method gives how many rows it wrote.</summary>
internal sealed class StoreRows(ModelCloud cloud, Verdicts verdicts, long seq, long now, TouchedRows touched)
{
    private readonly ModelState state = cloud.State;

    public int Commits()
    {
        var changed = 0;
        foreach (var (captured, curated) in verdicts.Commits)
        {
            var captures = captured is { IsAccepted: true };
            var curates = curated is { IsAccepted: true };
            // Also a captured half that lost may say that it was not alone.
            var saysParallel = captured is { Status: Status.Accepted or Status.Lost, IsPurged: false } && Field.FlagOf(captured.Row["captured"]!["parallel"]);
            var id = (captured ?? curated)?.Id ?? "";
            var old = state.Commits.GetValueOrDefault(id);
            if (!captures && !curates && !(saysParallel && old is { Parallel: false }))
            {
                continue;
            }

            var edit = curates ? CuratedHalf.Of(curated!.Row["curated"]!, now) : old?.Curated ?? new CuratedHalf { UpdatedAt = now };
            state.Put(
                new ModelCommit
                {
                    Id = id,
                    Seq = seq,
                    Captured = captures ? Captured(captured!.Row["captured"]!) : old!.Captured,
                    Curated = edit,
                    Parallel = saysParallel || old is { Parallel: true },
                    PurgeAfter = curates ? PurgeAfter(edit, old) : old?.PurgeAfter,
                    StoredTurns = old?.StoredTurns ?? 0,
                    Bytes = old?.Bytes ?? 0,
                    VisualBytes = old?.VisualBytes ?? 0,
                },
                touched);
            changed++;
        }

        return changed;
    }

    public int Sessions()
    {
        var changed = 0;
        foreach (var verdict in verdicts.Sessions)
        {
            if (verdict.IsAccepted)
            {
                state.Put(ModelSession.Of(verdict.Row, verdict.Id, verdict.CommitId!, seq), touched);
                changed++;
            }
        }

        return changed;
    }

    public int Turns()
    {
        var changed = 0;
        foreach (var verdict in verdicts.Turns)
        {
            if (verdict.IsAccepted)
            {
                state.Put(ModelTurn.Of(verdict.Row, verdict.Id, verdict.SessionId!, seq), touched);
                Weigh(verdict, turns: 1);
                changed++;
            }
        }

        return changed;
    }

    public int Visuals()
    {
        var changed = 0;
        foreach (var verdict in verdicts.Visuals)
        {
            if (verdict.IsAccepted)
            {
                var path = state.Visuals.GetValueOrDefault(verdict.Id)?.Path ?? NewPath(verdict);
                state.Put(ModelVisual.Of(verdict.Row, verdict.Id, verdict.CommitId!, path, verdict.Bytes, seq, now), touched);
                Weigh(verdict, turns: 0);
                changed++;
            }
        }

        return changed;
    }

    /// <summary>A machine beyond the cap is not known here, and so nobody's origin.</summary>
    private CapturedHalf Captured(Jsonb told)
    {
        var half = CapturedHalf.Of(told);
        return half.MachineId is { } id && !state.Machines.ContainsKey(id) ? half with { MachineId = null } : half;
    }

    // A date of long ago is a device that was offline, or whose clock is wrong: the 30 days begin when the deletion comes. Who deletes
    // what is deleted already does not move the day.
    private long? PurgeAfter(CuratedHalf edit, ModelCommit? old) =>
        old is { IsLive: false } && edit.DeletedAt is not null ? old.DueAt
        : edit.DeletedAt is { } at && (at < now - Times.Day || at > now + Times.Day) ? now + 30 * Times.Day
        : null;

    private string NewPath(Verdict verdict)
    {
        var ending = verdict.Row.TextOf("mime") switch
        {
            "image/png" => ".png",
            "image/jpeg" => ".jpg",
            "image/gif" => ".gif",
            "image/webp" => ".webp",
            _ => "",
        };
        return $"{cloud.UserId}/{cloud.CloudId(verdict.CommitId!)}/{cloud.CloudId(verdict.Id)}{ending}";
    }

    /// <summary>The commits' own sums, by what this row adds here and takes there.</summary>
    private void Weigh(Verdict verdict, int turns)
    {
        Add(verdict.CommitId!, verdict.Bytes, turns);
        if (verdict.OldCommitId is { } from)
        {
            Add(from, -verdict.OldBytes, -turns);
        }

        void Add(string commitId, long bytes, int more)
        {
            var commit = state.Commits[commitId];
            state.Put(verdict.Kind == VerdictKind.Turn
                ? commit with { StoredTurns = commit.StoredTurns + more, Bytes = commit.Bytes + bytes }
                : commit with { VisualBytes = commit.VisualBytes + bytes });
        }
    }
}
