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
        select f.session, f.turn_id, 'explicit' from cognitive_commits c
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

    // Turns of a main session whose rows others wrote, and where the commit begins in which this machine has them.
    private const string Moved = """
        select f.session, f.ordinal, f.turn_id, s.commit_id, t.rev, k.commit_id, k.first_ordinal
        from moved_turns m join captured_turns f on f.turn_id = m.turn_id and f.owned = 1 and f.provisional = 0
          join turns t on t.id = m.turn_id join sessions s on s.id = t.session_id
          join agent_sessions a on a.row = f.session and a.parent is null and a.agent_session_id = s.agent_session_id
          join captured_commits k on k.session = f.session and f.ordinal between k.first_ordinal and k.last_ordinal
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

    /// <summary>Takes over boundaries that came since the last import. Returns the main sessions that must be cut anew.</summary>
    public static IReadOnlyList<long> TakeOver(StoreFile store)
    {
        using (var reader = store.OpenReader())
        {
            using var command = reader.CreateCommand();
            command.CommandText = $"select 1 from ({New}) union all select 1 from moved_turns";
            if (command.ExecuteScalar() is null)
            {
                return [];
            }
        }

        return store.Write(transaction =>
        {
            var found = new List<(long Session, string Turn, string Kind)>();
            using (var rows = transaction.Prepare(New).ExecuteReader())
            {
                while (rows.Read())
                {
                    found.Add((rows.GetInt64(0), rows.GetString(1), rows.GetString(2)));
                }
            }

            found.AddRange(Revealed(transaction));
            foreach (var (session, turn, kind) in found)
            {
                Add(transaction, session, turn, kind);
            }

            return found.Select(boundary => boundary.Session).Distinct().ToList();
        });
    }

    /// <summary>
    /// Boundaries that somebody else knows of, and of which nothing is left but how the rows are cut. Where a row's revision counts more of
    /// them than are known here, there is one before its commit: where that begins here, or, by the commit's id, with this turn. (Where it
    /// does not count more, another fork owns what comes before it.) Without this, a device that cuts otherwise would never say again what its longer transcript says.
    /// </summary>
    private static List<(long Session, string Turn, string Kind)> Revealed(WriteTransaction transaction)
    {
        var firsts = new List<(long Session, int Ordinal, int Cuts)>();
        using (var rows = transaction.Prepare(Moved).ExecuteReader())
        {
            while (rows.Read())
            {
                var begins = !rows.IsDBNull(5) && rows.GetString(5) == rows.GetString(3) ? rows.GetInt32(6)
                    : Ids.OfCommit(rows.GetString(2)) == rows.GetString(3) ? rows.GetInt32(1)
                    : (int?)null;
                if (begins is { } first && Revision.CutsOf(rows.GetString(4)) is { } cuts)
                {
                    firsts.Add((rows.GetInt64(0), first, cuts));
                }
            }
        }

        transaction.Execute("delete from moved_turns");
        var found = new List<(long, string, string)>();
        foreach (var (session, ordinal, cuts) in firsts.Distinct())
        {
            if (cuts > new TurnFacts(transaction).Boundaries(session).Count(known => known.Ordinal < ordinal) && transaction.Prepare("select turn_id from captured_turns where session = $s and ordinal = $o")
                .With(("$s", session), ("$o", ordinal - 1)).ExecuteScalar() is string before)
            {
                found.Add((session, before, "removed"));
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
