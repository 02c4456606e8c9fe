using CogCommit.CloudModel.Json;
using CogCommit.CloudModel.Rows;

namespace CogCommit.CloudModel.Push;

/// <summary>What a push may do with the turns of its batch. A turn may move to another session.</summary>
internal static class JudgeTurns
{
    private const int Cap = 4_000_000;

    public static void Run(ModelState state, IReadOnlyList<Jsonb> rows, Verdicts to)
    {
        var seen = new HashSet<string>();
        var room = Cap - state.Head!.TurnRows;
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            var id = Check.IsUuid(row["id"]) ? row["id"]!.Text : "";
            var sessionId = row.TextOf("session_id") ?? "";
            var reason = id.Length > 0 && !seen.Add(id) ? "this id stands twice in the batch" : RowChecks.Turn(row);
            var brought = to.ParentSessions.GetValueOrDefault(sessionId);
            var commitId = state.Sessions.GetValueOrDefault(sessionId)?.CommitId ?? brought?.CommitId;
            var old = state.Turns.GetValueOrDefault(id);
            string status;
            if (reason is not null)
            {
                status = Status.Refused;
            }
            else if (commitId is null)
            {
                status = Status.ParentMissing;
            }
            else if (old is null && --room < 0 && brought is not { IsPurged: true })
            {
                (status, reason) = (Status.Refused, "there are too many turns");
            }
            else if (brought is { IsPurged: true })
            {
                (status, reason) = (Status.Lost, "purged");
            }
            else
            {
                status = old is null ? Status.Accepted : WhoWins.Captured(row.TextOf("rev")!, row.TextOf("hash")!, old.Rev, old.Hash);
            }

            to.Turns.Add(new()
            {
                Kind = VerdictKind.Turn,
                Place = i,
                Row = row,
                Id = id,
                CommitId = commitId,
                SessionId = sessionId,
                Status = status,
                Reason = reason,
                IsNew = old is null,
                Bytes = status == Status.Accepted ? ModelTurn.BytesOf(row) : 0,
                OldBytes = old?.Bytes ?? 0,
                OldCommitId = old is null ? null : state.Sessions[old.SessionId].CommitId,
            });
        }
    }
}
