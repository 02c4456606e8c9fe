namespace CogCommit.Core.Capture.Cut;

/// <summary>The turns of one transcript, as far as their owner has to be found.</summary>
internal sealed record SharedTranscript(string SessionId, IReadOnlyList<SharedTurn> Turns);

internal readonly record struct SharedTurn(string Id, DateTimeOffset Time);

/// <summary>
/// Which transcript owns which turn, where forks and resumed sessions replay them (rule 9). Pure: the same transcripts give the same
/// owners in any order, and a transcript that grows takes nothing from one that came before it.
/// </summary>
internal static class Ownership
{
    /// <summary>Turn id to the id of the session that owns it.</summary>
    public static IReadOnlyDictionary<string, string> Resolve(IReadOnlyList<SharedTranscript> transcripts)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        var open = transcripts.Select(transcript => new Cursor(transcript)).ToList();
        while (open.Count > 0)
        {
            open.RemoveAll(cursor => !cursor.SkipOwned(owners));
            var first = open.MinBy(cursor => (cursor.Time, cursor.SessionId), Order.Instance);
            first?.Take(owners);
        }

        return owners;
    }

    private sealed class Cursor(SharedTranscript transcript)
    {
        private int _next;

        public string SessionId => transcript.SessionId;

        /// <summary>Of the first turn without an owner; never earlier than a turn before it, since clocks run backwards at times.</summary>
        public DateTimeOffset Time { get; private set; } = DateTimeOffset.MinValue;

        public bool SkipOwned(Dictionary<string, string> owners)
        {
            for (; _next < transcript.Turns.Count; _next++)
            {
                var turn = transcript.Turns[_next];
                Time = turn.Time > Time ? turn.Time : Time;
                if (!owners.ContainsKey(turn.Id))
                {
                    return true;
                }
            }

            return false;
        }

        public void Take(Dictionary<string, string> owners)
        {
            foreach (var turn in transcript.Turns)
            {
                owners.TryAdd(turn.Id, SessionId);
            }
        }
    }

    private sealed class Order : IComparer<(DateTimeOffset Time, string SessionId)>
    {
        public static readonly Order Instance = new();

        public int Compare((DateTimeOffset Time, string SessionId) x, (DateTimeOffset Time, string SessionId) y)
        {
            var time = x.Time.CompareTo(y.Time);
            return time != 0 ? time : string.CompareOrdinal(x.SessionId, y.SessionId);
        }
    }
}
