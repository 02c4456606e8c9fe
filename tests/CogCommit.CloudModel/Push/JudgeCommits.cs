using CogCommit.CloudModel.Json;
using CogCommit.CloudModel.Rows;

namespace CogCommit.CloudModel.Push;

/// <summary>What a push may do with the commits of its batch.</summary>
internal sealed class JudgeCommits(ModelState state, long now)
{
    private const int Cap = 100_000;

    public void Run(IReadOnlyList<Jsonb> rows, Verdicts to)
    {
        var seen = new HashSet<string>();
        var room = Cap - state.Head!.CommitRows;
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            var isId = Check.IsUuid(row["id"]);
            var id = isId ? row["id"]!.Text : "";
            var problem = !row.IsObject ? "the commit is no object" : !isId ? "id" : !seen.Add(id) ? "this id stands twice in the batch" : null;
            var old = state.Commits.GetValueOrDefault(id);
            var captured = Captured(row, i, id, problem, old, ref room);
            to.Commits.Add((captured, Curated(row, i, id, problem, old, captured?.Status)));
            if (captured is { IsNew: true, IsAccepted: true })
            {
                to.NewCommits.Add(id);
            }
        }
    }

    private static Verdict? Captured(Jsonb row, int place, string id, string? problem, ModelCommit? old, ref int room)
    {
        var isSent = !Check.IsAbsent(row["captured"]);
        if (!isSent && (problem is null || !Check.IsAbsent(row["curated"])))
        {
            return null;
        }

        problem ??= RowChecks.Captured(row["captured"]!);
        string status;
        if (problem is not null)
        {
            status = Status.Refused;
        }
        else if (old is null)
        {
            status = --room >= 0 ? Status.Accepted : Status.Refused;
            problem = status == Status.Refused ? "there are too many commits, counting deleted and empty ones" : null;
        }
        else if (old.Purged)
        {
            status = Status.Lost;
            problem = "purged";
        }
        else
        {
            status = WhoWins.Captured(row["captured"]!.TextOf("rev")!, row["captured"]!.TextOf("hash")!, old.Captured.Rev, old.Captured.Hash!);
            if (status == Status.Unchanged)
            {
                status = Same(row["captured"]!, old);
            }
        }

        return New(VerdictKind.Captured, row, place, id, status, problem, old);
    }

    /// <summary>The same row: its mark may be new, and of what else differs the cloud's counts.</summary>
    private static string Same(Jsonb told, ModelCommit old)
    {
        var parallel = Field.FlagOf(told["parallel"]);
        return parallel && !old.Parallel ? Status.Accepted
            : told.TextOf("project") != old.Captured.Project || told.TextOf("machine_id") != old.Captured.MachineId || parallel != old.Parallel ? Status.Lost
            : Status.Unchanged;
    }

    private Verdict? Curated(Jsonb row, int place, string id, string? problem, ModelCommit? old, string? captured)
    {
        if (Check.IsAbsent(row["curated"]))
        {
            return null;
        }

        var told = row["curated"]!;
        problem ??= RowChecks.Curated(told) ?? (Check.IsTextOrAbsent(row["curated_base"], 200) ? null : "curated_base");
        return New(
            VerdictKind.Curated,
            row,
            place,
            id,
            problem is not null ? Status.Refused
                : old is null ? captured == Status.Accepted ? Status.Accepted : Status.ParentMissing
                : old.Purged ? Status.Lost
                : old.Curated.Hash is null ? Status.Accepted
                : Merged(told, row.TextOf("curated_base"), old.Curated),
            problem ?? (old is { Purged: true } ? "purged" : null),
            old);
    }

    /// <summary>A device that names what it knows of, and does not know what is here, is told before it may overwrite it.</summary>
    private string Merged(Jsonb told, string? knows, CuratedHalf old)
    {
        var updatedAt = Field.TimeOf(told["updated_at"]);
        var status = WhoWins.Curated(
            (int)Field.NumberOf(told["version"]), updatedAt, Field.Lowered(updatedAt, now), told.TextOf("hash")!, old.Version, old.UpdatedAt, old.Hash!);
        return knows is not null && knows != old.Hash && told.TextOf("hash") != old.Hash ? Status.Lost : status;
    }

    private static Verdict New(VerdictKind kind, Jsonb row, int place, string id, string status, string? reason, ModelCommit? old) =>
        new() { Kind = kind, Place = place, Row = row, Id = id, CommitId = id, Status = status, Reason = reason, IsNew = old is null };
}
