using CogCommit.Core.Capture.Cut;
using CogCommit.Core.Capture.Memory;
using CogCommit.Core.Store;

namespace CogCommit.Core.Capture.Rows;

/// <summary>Keeps, in the store, which session owns which turn (rule 9).</summary>
internal sealed class Owners(WriteTransaction transaction)
{
    private readonly AgentSessions _sessions = new(transaction);
    private readonly TurnFacts _facts = new(transaction);

    /// <summary>Decides anew for a session and all that share turns with it, and those that share turns with these.</summary>
    /// <returns>The sessions in which a turn has gained or lost its place, or which know of more replays.</returns>
    public IReadOnlyList<long> Decide(long session)
    {
        var family = Family(session).Select(_sessions.Get).ToList();
        var turns = family.ToDictionary(member => member.Row, member => _facts.Read(member.Row, 0, int.MaxValue));
        var owners = Ownership.Resolve(family
            .Select(member => new SharedTranscript(member.Key, [.. turns[member.Row].Select(turn => new SharedTurn(turn.TurnId, turn.Timestamp))]))
            .ToList());

        var changed = new List<long>();
        foreach (var member in family)
        {
            var moved = turns[member.Row].Where(turn => turn.Owned != (owners[turn.TurnId] == member.Key)).ToList();
            foreach (var turn in moved)
            {
                _facts.SetOwned(member.Row, turn.Ordinal, !turn.Owned);
            }

            var replayed = turns[member.Row].Count(turn => owners[turn.TurnId] != member.Key);
            if (moved.Count > 0 || replayed != member.Replayed)
            {
                _sessions.SetReplayed(member.Row, replayed);
                changed.Add(member.Row);
            }
        }

        return changed;
    }

    private HashSet<long> Family(long session)
    {
        var family = new HashSet<long> { session };
        var open = new Queue<long>(family);
        while (open.TryDequeue(out var next))
        {
            var found = new List<long>();
            using (var reader = transaction.Prepare("""
                select distinct b.session from captured_turns a join captured_turns b on b.turn_id = a.turn_id and b.session <> a.session where a.session = $s
                """).With("$s", next).ExecuteReader())
            {
                while (reader.Read())
                {
                    found.Add(reader.GetInt64(0));
                }
            }

            foreach (var other in found.Where(family.Add))
            {
                open.Enqueue(other);
            }
        }

        return family;
    }
}
