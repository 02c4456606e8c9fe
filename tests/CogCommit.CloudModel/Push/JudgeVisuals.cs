using CogCommit.CloudModel.Json;
using CogCommit.CloudModel.Rows;

namespace CogCommit.CloudModel.Push;

/// <summary>What a push may do with the visuals of its batch.</summary>
internal static class JudgeVisuals
{
    private const int Cap = 100_000;

    public static void Run(ModelState state, IReadOnlyList<Jsonb> rows, long now, Verdicts to)
    {
        var seen = new HashSet<string>();
        var room = Cap - state.Head!.VisualRows;
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            var id = Check.IsUuid(row["id"]) ? row["id"]!.Text : "";
            var commitId = row.TextOf("commit_id") ?? "";
            var reason = id.Length > 0 && !seen.Add(id) ? "this id stands twice in the batch" : RowChecks.Visual(row);
            var parent = state.Commits.GetValueOrDefault(commitId);
            var old = state.Visuals.GetValueOrDefault(id);
            string status;
            if (reason is not null)
            {
                status = Status.Refused;
            }
            else if (parent is null && !to.NewCommits.Contains(commitId))
            {
                status = Status.ParentMissing;
            }
            else if (old is null && --room < 0 && parent is not { Purged: true })
            {
                (status, reason) = (Status.Refused, "there are too many visuals");
            }
            else if (parent is { Purged: true })
            {
                (status, reason) = (Status.Lost, "purged");
            }
            else
            {
                status = old is null ? Status.Accepted : Merged(row, old, now);
            }

            to.Visuals.Add(new()
            {
                Kind = VerdictKind.Visual,
                Place = i,
                Row = row,
                Id = id,
                CommitId = commitId,
                Status = status,
                Reason = reason,
                IsNew = old is null,
                Bytes = status == Status.Accepted && Check.IsAbsent(row["deleted_at"]) ? Math.Max(Field.NumberOf(row["byte_size"]), old?.Bytes ?? 0) : 0,
                OldBytes = old?.Bytes ?? 0,
                OldCommitId = old?.CommitId,
            });
        }
    }

    private static string Merged(Jsonb row, ModelVisual old, long now)
    {
        var updatedAt = Field.TimeOf(row["updated_at"]);
        return WhoWins.Visual(
            (int)Field.NumberOf(row["version"]), row.TextOf("rev")!, updatedAt, Field.Lowered(updatedAt, now), row.TextOf("hash")!, old);
    }
}
