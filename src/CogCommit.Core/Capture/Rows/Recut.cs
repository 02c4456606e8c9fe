using CogCommit.Core.Capture.Cut;
using CogCommit.Core.Capture.Fold;
using CogCommit.Core.Capture.Memory;
using CogCommit.Core.Store;

namespace CogCommit.Core.Capture.Rows;

/// <summary>
/// Brings the rows of one main agent session and its subagents in line with how it is cut now. Only commits whose cut or turns
/// changed are assembled anew, so what an appended record costs is its own commit.
/// </summary>
internal sealed class Recut(WriteTransaction transaction, RowWriter writer, CommitTally tally)
{
    private readonly AgentSessions _sessions = new(transaction);
    private readonly TurnFacts _facts = new(transaction);

    /// <param name="mainRow">The main session.</param>
    /// <param name="changed">Turns with new text, by session and ordinal.</param>
    /// <param name="force">Turns have changed owner: every row of the session is written again, also where its revision is not greater.</param>
    public void Run(long mainRow, IReadOnlyDictionary<long, IReadOnlyDictionary<int, TurnDraft>> changed, bool force)
    {
        var main = _sessions.Get(mainRow);
        var last = _facts.Last(mainRow);
        var closings = _facts.Closings(mainRow);
        var ranges = Cutter.Cut(last, closings, _facts.Boundaries(mainRow));
        var before = StoredCut.Read(transaction, mainRow);
        var attributions = new Attribution(transaction, main, ranges).Of(_sessions.Subagents(mainRow));
        var mine = changed.GetValueOrDefault(mainRow) ?? EmptyTurns;
        var context = new CommitContext(main, new RowRevision(main.StartedAt, main.Key, main.Replayed), changed, force);

        var kept = new Dictionary<int, StoredCut>();
        for (var i = 0; i < ranges.Count; i++)
        {
            var range = ranges[i];
            var subagents = attributions.Where(part => part.Range == i).ToList();
            var left = attributions.Where(part => part.Range != i && part.ByTime == i).Select(part => (long?)part.Record);
            var next = left.Append(i + 1 < ranges.Count ? OpeningOf(mainRow, ranges[i + 1]) : null).Max();
            var cut = StoredCut.Text(range, next, subagents);
            var known = before.Find(stored => stored.First == range.First);
            // A transcript that is read again gives the same cut, and text for it all the same.
            var hasText = mine.Keys.Any(range.Contains) || subagents.Exists(part => changed.GetValueOrDefault(part.Session.Row) is { Count: > 0 });
            if (!force && known is not null && known.Cut == cut && known.Last == range.Last && !hasText)
            {
                kept[range.First] = known;
                continue;
            }

            var commitId = new CommitWriting(transaction, writer, tally, context).Write(range, next, subagents, known);
            kept[range.First] = new StoredCut(range.First, range.Last, commitId, cut);
            if (commitId is not null && (force || known?.Last > range.Last))
            {
                // Its turns may be fewer than before: whether another session was at work beside them is asked from nothing.
                new ParallelMarks(transaction).Clear(commitId);
                tally.Moved.Add(commitId);
            }
        }

        Finish(mainRow, before, kept);
    }

    private static readonly Dictionary<int, TurnDraft> EmptyTurns = [];

    private long? OpeningOf(long session, CutRange next) => _facts.Read(session, next.First, next.First) is [var first] ? first.Created : null;

    private void Finish(long session, List<StoredCut> before, Dictionary<int, StoredCut> kept)
    {
        foreach (var gone in before.Where(stored => !kept.ContainsKey(stored.First)))
        {
            transaction.Execute("delete from captured_commits where session = $s and first_ordinal = $f", ("$s", session), ("$f", gone.First));
        }

        foreach (var stored in kept.Values.Where(stored => !before.Contains(stored)))
        {
            stored.Save(transaction, session);
        }

        var live = kept.Values.Select(stored => stored.CommitId).ToHashSet();
        var emptied = new EmptiedCommit(transaction);
        foreach (var gone in before.Where(stored => stored.CommitId is not null && !live.Contains(stored.CommitId)))
        {
            var heir = _facts.Read(session, gone.First, gone.First) is [{ CommitId: { } id }] ? id : null;
            emptied.Remove(gone.CommitId!, heir, tally);
        }

        var touched = tally.TakeTouched().ToList();
        emptied.RemoveSessions(touched);
        transaction.RefreshTotals(touched);
    }
}
