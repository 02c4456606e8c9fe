using CogCommit.CloudModel.Json;

namespace CogCommit.CloudModel.Push;

/// <summary>What a push may do with the sessions of its batch.</summary>
internal static class JudgeSessions
{
    private const int Cap = 400_000;

    public static void Run(ModelState state, IReadOnlyList<Jsonb> rows, Verdicts to)
    {
        var seen = new HashSet<string>();
        var room = Cap - state.Head!.SessionRows;
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            var id = Check.IsUuid(row["id"]) ? row["id"]!.Text : "";
            var commitId = row.TextOf("commit_id") ?? "";
            var reason = id.Length > 0 && !seen.Add(id) ? "this id stands twice in the batch" : RowChecks.Session(row);
            var parent = state.Commits.GetValueOrDefault(commitId);
            var old = state.Sessions.GetValueOrDefault(id);
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
                (status, reason) = (Status.Refused, "there are too many sessions");
            }
            else if (parent is { Purged: true })
            {
                (status, reason) = (Status.Lost, "purged");
            }
            else if (old is not null && old.CommitId != commitId)
            {
                (status, reason) = (Status.Refused, "the session belongs to another commit");
            }
            else
            {
                status = old is null ? Status.Accepted : WhoWins.Captured(row.TextOf("rev")!, row.TextOf("hash")!, old.Rev, old.Hash);
            }

            var verdict = new Verdict
            {
                Kind = VerdictKind.Session, Place = i, Row = row, Id = id, CommitId = commitId, Status = status, Reason = reason, IsNew = old is null,
            };
            to.Sessions.Add(verdict);
            if (verdict.IsAccepted && verdict.IsNew || verdict.IsPurged)
            {
                to.ParentSessions[id] = verdict;
            }
        }
    }
}
