using CogCommit.Core.Capture.Memory;
using CogCommit.Core.Store;

namespace CogCommit.Core.Capture.Rows;

/// <summary>
/// Rows that the original command line wrote meet their transcript (design 4): a commit per agent session, a turn per record. They are
/// told by a commit without a revision.
/// </summary>
internal sealed class UpgradedRows
{
    private readonly WriteTransaction _transaction;
    private readonly List<Upgraded> _sessions = [];

    /// <summary>Looks up what the original wrote about an agent session, before its turns move.</summary>
    public UpgradedRows(WriteTransaction transaction, string agentSessionId)
    {
        _transaction = transaction;
        using (var reader = transaction.Prepare("""
            select s.id, s.commit_id from sessions s join cognitive_commits c on c.id = s.commit_id
            where s.agent_session_id in ($key, $agent) and c.rev = '' order by s.row
            """).With(("$key", agentSessionId), ("$agent", $"agent-{agentSessionId[(agentSessionId.IndexOf('/', StringComparison.Ordinal) + 1)..]}")).ExecuteReader())
        {
            while (reader.Read())
            {
                _sessions.Add(new Upgraded(reader.GetString(0), reader.GetString(1), []));
            }
        }

        foreach (var session in _sessions)
        {
            using var reader = transaction.Prepare("select id from turns where session_id = $s order by timestamp, row").With("$s", session.Id).ExecuteReader();
            while (reader.Read())
            {
                session.Turns.Add(reader.GetString(0));
            }
        }
    }

    public bool Any => _sessions.Count > 0;

    /// <summary>After the transcript was folded: takes away the rows of records that are part of a turn now, and the emptied commit.</summary>
    public void Merge(AgentSession session, CommitTally tally)
    {
        foreach (var (id, commitId, turns) in _sessions)
        {
            var heir = turns.Select(turn => CommitOf(session.Row, turn)).FirstOrDefault(found => found is not null);
            _transaction.Execute("""
                delete from turns where session_id = $s and id in (select uuid from captured_records where session = $row)
                """, ("$s", id), ("$row", session.Row));
            if (_transaction.Prepare("select 1 from turns where session_id = $s limit 1").With("$s", id).ExecuteScalar() is null)
            {
                _transaction.Execute("delete from sessions where id = $s", ("$s", id));
            }

            if (heir is not null)
            {
                _transaction.Execute("update visuals set commit_id = $heir where commit_id = $id", ("$heir", heir), ("$id", commitId));
            }

            new EmptiedCommit(_transaction).Remove(commitId, heir, tally);
        }

        _transaction.RefreshTotals(tally.TakeTouched());
    }

    private string? CommitOf(long session, string record) => _transaction.Prepare("""
        select t.commit_id from captured_records r join captured_turns t on t.session = r.session and t.ordinal = r.ordinal
        where r.session = $s and r.uuid = $id
        """).With(("$s", session), ("$id", record)).ExecuteScalar() as string;

    private sealed record Upgraded(string Id, string CommitId, List<string> Turns);
}
