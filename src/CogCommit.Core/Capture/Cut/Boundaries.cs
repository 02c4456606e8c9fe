using CogCommit.Core.Capture.Memory;
using CogCommit.Core.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Capture.Cut;

/// <summary>
/// The user's boundaries in the store (rule 6). An explicit one stands on its commit, also on one that was deleted, and may have come from
/// another machine; what was pruned, or deleted without one, ends behind its last known turn.
/// </summary>
internal static class Boundaries
{
    private const string New = """
        select f.session, f.turn_id, 'explicit' as kind from cognitive_commits c
          join captured_turns f on f.turn_id = c.closed_after join agent_sessions a on a.row = f.session and a.agent_session_id = c.agent_session_id
        where c.closed_after is not null and not exists (select 1 from captured_boundaries b where b.session = f.session and b.turn_id = f.turn_id)
        union all
        select k.session, f.turn_id, 'removed' from cognitive_commits c
          join captured_commits k on k.commit_id = c.id join captured_turns f on f.session = k.session and f.ordinal = k.last_ordinal
        where c.deleted_at is not null and c.closed_by = 'session_end' and k.cut like 'session_end%'
          and not exists (select 1 from captured_boundaries b where b.session = f.session and b.turn_id = f.turn_id)
        union all
        select k.session, f.turn_id, 'removed' from pruned_commits p
          join captured_commits k on k.commit_id = p.commit_id join captured_turns f on f.session = k.session and f.turn_id = p.last_turn_id
        where k.cut like 'session_end%'
          and not exists (select 1 from captured_boundaries b where b.session = f.session and b.turn_id = f.turn_id)
        """;

    // Turns of this main session whose rows others wrote, and where the commit begins in which this machine has them.
    private const string Moved = """
        select f.ordinal, f.turn_id, s.commit_id, t.rev, k.commit_id, k.first_ordinal
        from moved_turns m join captured_turns f on f.turn_id = m.turn_id and f.owned = 1 and f.provisional = 0
          join turns t on t.id = m.turn_id join sessions s on s.id = t.session_id
          join agent_sessions a on a.row = f.session and a.parent is null and a.agent_session_id = s.agent_session_id
          join captured_commits k on k.session = f.session and f.ordinal between k.first_ordinal and k.last_ordinal
        where f.session = $s
        """;

    // A session that is folded for the first time here, or from the start, may hold turns behind which somebody cut before.
    private const string OfSession = """
        insert or ignore into captured_boundaries (session, turn_id, kind)
        select $s, c.closed_after, 'explicit' from cognitive_commits c where c.agent_session_id = $key and c.closed_after is not null
        union all
        select $s, p.last_turn_id, 'removed' from pruned_commits p where p.agent_session_id = $key and p.last_turn_id is not null
        union all
        select $s, last.id, 'removed' from cognitive_commits c join turns last on last.row = (
            select t.row from sessions se join turns t on t.session_id = se.id where se.commit_id = c.id and se.is_subagent = 0 order by t.ordinal desc limit 1)
        where c.agent_session_id = $key and c.deleted_at is not null and c.closed_by = 'session_end'
        """;

    /// <summary>The main sessions for which boundaries came since the last import, or may have.</summary>
    public static IReadOnlyList<long> Waiting(StoreFile store)
    {
        // In this order of the join, whatever the planner thinks: hardly ever is a turn moved, and all turns are many.
        const string OfMoved = "select f.session from moved_turns m cross join captured_turns f on f.turn_id = m.turn_id where f.owned = 1";
        List<long> sessions = [];
        using var reader = store.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = $"select session from ({New}) union all {OfMoved}";
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            sessions.Add(rows.GetInt64(0));
        }

        return [.. sessions.Distinct()];
    }

    /// <summary>
    /// Takes over what came for this session. True when it must be cut anew, and that in the same transaction: a boundary that is known here
    /// is not looked for again, so a process that died between the two would leave the session as it is for good.
    /// </summary>
    public static bool TakeOver(WriteTransaction transaction, long session)
    {
        var found = new List<(string Turn, string Kind)>();
        using (var rows = transaction.Prepare($"select turn_id, kind from ({New}) where session = $s").With("$s", session).ExecuteReader())
        {
            while (rows.Read())
            {
                found.Add((rows.GetString(0), rows.GetString(1)));
            }
        }

        found.AddRange(Revealed(transaction, session).Select(turn => (turn, "removed")));
        foreach (var (turn, kind) in found)
        {
            Add(transaction, session, turn, kind);
        }

        return found.Count > 0;
    }

    /// <summary>
    /// Boundaries that somebody else knows of, and of which nothing is left but how the rows are cut. Where a row's revision counts more of
    /// them than are known here, there is one before its commit: where that begins here, or, by the commit's id, with this turn. (Where it
    /// does not count more, another fork owns what comes before it.) Without this, a device that cuts otherwise would never say again what its longer transcript says.
    /// </summary>
    private static List<string> Revealed(WriteTransaction transaction, long session)
    {
        var firsts = new List<(int Ordinal, int Cuts)>();
        using (var rows = transaction.Prepare(Moved).With("$s", session).ExecuteReader())
        {
            while (rows.Read())
            {
                var begins = !rows.IsDBNull(4) && rows.GetString(4) == rows.GetString(2) ? rows.GetInt32(5)
                    : Ids.OfCommit(rows.GetString(1)) == rows.GetString(2) ? rows.GetInt32(0)
                    : (int?)null;
                if (begins is { } first && Revision.CutsOf(rows.GetString(3)) is { } cuts)
                {
                    firsts.Add((first, cuts));
                }
            }
        }

        transaction.Execute("delete from moved_turns where turn_id in (select turn_id from captured_turns where session = $s and owned = 1)", ("$s", session));
        var known = firsts.Count > 0 ? new TurnFacts(transaction).Boundaries(session) : [];
        var found = new List<string>();
        foreach (var (ordinal, cuts) in firsts.Distinct())
        {
            if (cuts > known.Count(boundary => boundary.Ordinal < ordinal) && transaction.Prepare("select turn_id from captured_turns where session = $s and ordinal = $o")
                .With(("$s", session), ("$o", ordinal - 1)).ExecuteScalar() is string before)
            {
                found.Add(before);
            }
        }

        return found;
    }

    public static void TakeOver(WriteTransaction transaction, long session, string agentSessionId) =>
        transaction.Execute(OfSession, ("$s", session), ("$key", agentSessionId));

    public static void Add(WriteTransaction transaction, long session, string turnId, string kind) =>
        transaction.Execute("insert or ignore into captured_boundaries (session, turn_id, kind) values ($s, $t, $k)",
            ("$s", session), ("$t", turnId), ("$k", kind));
}
