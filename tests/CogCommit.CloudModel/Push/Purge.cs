using CogCommit.CloudModel.Rows;

namespace CogCommit.CloudModel.Push;

/// <summary>Tombstones older than 30 days lose their content; the empty row stays. Some per push: the next one goes on.</summary>
internal static class Purge
{
    private const int MostPerPush = 20;

    /// <returns>How many rows it changed.</returns>
    public static int Run(ModelState state, long seq, long now, TouchedRows touched)
    {
        var due = Due(state, now);
        var visuals = PurgeVisuals(state, due, seq, now, touched);
        if (due.Count == 0)
        {
            return visuals;
        }

        var sessions = state.Sessions.Values.Where(session => due.Contains(session.CommitId)).Select(session => session.Id).ToHashSet();
        var turns = state.Turns.Values.Where(turn => sessions.Contains(turn.SessionId)).Select(turn => turn.Id).ToList();
        turns.ForEach(id => state.Turns.Remove(id));
        foreach (var id in sessions)
        {
            state.Sessions.Remove(id);
        }

        foreach (var id in due)
        {
            var commit = state.Commits[id];
            state.Put(new ModelCommit { Id = id, Seq = seq, Captured = commit.Captured.Purged(), Curated = commit.Curated.Purged(), Purged = true }, touched);
        }

        state.Head = state.Head! with { SessionRows = state.Head.SessionRows - sessions.Count, TurnRows = state.Head.TurnRows - turns.Count };
        return visuals + due.Count;
    }

    private static HashSet<string> Due(ModelState state, long now) => state.Deleted.Count == 0 ? [] : [..
        state.Deleted.Select(id => state.Commits[id])
            .Where(commit => commit.DueAt < now)
            .OrderBy(commit => commit.Curated.DeletedAt)
            .Take(MostPerPush)
            .Select(commit => commit.Id)];

    private static int PurgeVisuals(ModelState state, HashSet<string> due, long seq, long now, TouchedRows touched)
    {
        if (due.Count == 0 && state.DeletedVisuals.Count == 0)
        {
            return 0;
        }

        var old = due.Count > 0
            ? state.Visuals.Values.Where(visual => due.Contains(visual.CommitId) || IsOld(visual)).ToList()
            : state.DeletedVisuals.Select(id => state.Visuals[id]).Where(IsOld).ToList();
        foreach (var visual in old)
        {
            state.Put(visual with { Caption = null, ContentHash = null, DeletedAt = visual.DeletedAt ?? now, Bytes = 0, Seq = seq }, touched);
        }

        return old.Count;

        bool IsOld(ModelVisual visual) => visual.HasContent && visual.DeletedAt < now - 30 * Times.Day;
    }
}
