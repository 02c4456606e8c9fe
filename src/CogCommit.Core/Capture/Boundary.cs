using CogCommit.Core.Capture.Cut;
using CogCommit.Core.Capture.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Capture;

/// <summary>An explicit boundary: the user says that a piece of work is done.</summary>
public static class Boundary
{
    private const string Open = """
        select a.row, k.commit_id, (
            select f.turn_id from captured_turns f where f.session = a.row and f.ordinal between k.first_ordinal and k.last_ordinal
            order by f.provisional, f.ordinal desc limit 1)
        from agent_sessions a join captured_commits k on k.session = a.row join cognitive_commits c on c.id = k.commit_id
        where a.parent is null and k.cut like 'session_end%' and c.deleted_at is null
          and k.last_ordinal = (select max(last_ordinal) from captured_commits where session = a.row)
          and ($session is null or a.agent_session_id = $session or exists (
            select 1 from sessions s where s.id = $session and s.commit_id = k.commit_id))
          and ($project is null or coalesce(c.project_set, a.project_name) = $project collate nocase)
        order by c.closed_at desc, a.row limit 1
        """;

    /// <summary>Closes the last commit of an agent session, or of the session of a project that was at work last, behind its last known turn.</summary>
    /// <param name="session">The agent's session id, or the id of a session of the commit.</param>
    /// <param name="project">A project's name.</param>
    /// <exception cref="CogCommitException">NothingToClose: what is there is closed already.</exception>
    public static CognitiveCommit Close(StoreFile store, string? session, string? project)
    {
        var machine = MachineIdentity.Of(store).MachineId;
        return store.Write(transaction =>
        {
            long row;
            string commit, turn;
            using (var open = transaction.Prepare(Open).With(("$session", session), ("$project", project)).ExecuteReader())
            {
                if (!open.Read())
                {
                    throw NothingToClose(session, project);
                }

                (row, commit, turn) = (open.GetInt64(0), open.GetString(1), open.GetString(2));
            }

            Boundaries.Add(transaction, row, turn, "explicit");
            var tally = new CommitTally();
            new Recut(transaction, new RowWriter(transaction, machine), tally).Run(row, NoTurns, force: false);
            new ParallelMarks(transaction).Set(tally.Moved);
            return CommitColumns.Find(transaction.Connection, commit)!;
        });
    }

    /// <summary>
    /// Cuts anew where a boundary came from another machine and this one captured turns behind it. Every import begins with it; what a
    /// sync brings need not wait for that.
    /// </summary>
    public static void TakeOver(StoreFile store)
    {
        var sessions = Boundaries.Waiting(store);
        if (sessions.Count == 0)
        {
            return;
        }

        var machine = MachineIdentity.Of(store).MachineId;
        foreach (var session in sessions)
        {
            store.Write(transaction =>
            {
                if (!Boundaries.TakeOver(transaction, session))
                {
                    return;
                }

                var tally = new CommitTally();
                new Recut(transaction, new RowWriter(transaction, machine), tally).Run(session, NoTurns, force: false);
                new ParallelMarks(transaction).Set(tally.Moved);
                Refold.Mark(transaction, tally.Behind);
            });
        }
    }

    private static readonly Dictionary<long, IReadOnlyDictionary<int, Fold.TurnDraft>> NoTurns = [];

    private static CogCommitException NothingToClose(string? session, string? project)
    {
        var what = session is not null ? $"the session '{session}'" : project is not null ? $"the project '{project}'" : "the store";
        return new CogCommitException(
            "NothingToClose",
            $"Nothing is open in {what}: its last commit is closed, or nothing was imported from it yet. Nothing was changed. Import-CogCommit brings in what was said since.",
            ErrorKind.NotFound);
    }
}
