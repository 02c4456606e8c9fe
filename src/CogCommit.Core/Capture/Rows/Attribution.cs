using CogCommit.Core.Capture.Cut;
using CogCommit.Core.Capture.Memory;
using CogCommit.Core.Store;

namespace CogCommit.Core.Capture.Rows;

/// <summary>A subagent's session and the commit it belongs to.</summary>
/// <param name="Range">The commit, as an index; -1 while there is none.</param>
/// <param name="ByTime">The commit that was open at its first turn.</param>
/// <param name="Record">The record of the main session by which it is known.</param>
internal sealed record Attributed(AgentSession Session, int Range, int ByTime, long Record);

/// <summary>To which commit of the main session each subagent belongs (rule 8).</summary>
internal sealed class Attribution(WriteTransaction transaction, AgentSession main, IReadOnlyList<CutRange> ranges)
{
    private readonly TurnFacts _facts = new(transaction);

    public List<Attributed> Of(IEnumerable<AgentSession> subagents)
    {
        var found = new List<Attributed>();
        foreach (var subagent in subagents)
        {
            var first = _facts.Read(subagent.Row, 0, 0).FirstOrDefault();
            if (first is null || ranges.Count == 0)
            {
                continue;
            }

            var byTime = OpenAt(first.Timestamp, out var opened);
            var call = new SessionMemory(transaction, main, _ => null).Agent(subagent.AgentId);
            var range = call is null ? byTime : IndexOf(call.Ordinal);
            found.Add(range < 0
                ? new Attributed(subagent, byTime, byTime, opened)
                : new Attributed(subagent, range, byTime, call?.Record ?? opened));
        }

        return found;
    }

    private int OpenAt(DateTimeOffset time, out long opened)
    {
        for (var i = ranges.Count - 1; i >= 0; i--)
        {
            var first = _facts.Read(main.Row, ranges[i].First, ranges[i].First);
            opened = first.Count > 0 ? first[0].Created : 0;
            if (i == 0 || (first.Count > 0 && first[0].Timestamp <= time))
            {
                return i;
            }
        }

        opened = 0;
        return -1;
    }

    private int IndexOf(int ordinal)
    {
        for (var i = 0; i < ranges.Count; i++)
        {
            if (ranges[i].Contains(ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
