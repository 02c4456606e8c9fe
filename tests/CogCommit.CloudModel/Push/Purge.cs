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

        var sessions = state.Sessions.Values.Where(session => due.Contains(session.CommitId)).ToDictionary(session => session.Id);
        var turns = state.Turns.Values.Where(turn => sessions.ContainsKey(turn.SessionId)).ToList();
        foreach (var id in due)
        {
            var commit = state.Commits[id];
            var captured = commit.Captured.Purged(Ending(commit, sessions, turns));
            state.Put(new ModelCommit { Id = id, Seq = seq, Captured = captured, Curated = commit.Curated.Purged(), Purged = true }, touched);
        }

        turns.ForEach(turn => state.Turns.Remove(turn.Id));
        foreach (var id in sessions.Keys)
        {
            state.Sessions.Remove(id);
        }

        state.Head = state.Head! with { SessionRows = state.Head.SessionRows - sessions.Count, TurnRows = state.Head.TurnRows - turns.Count };
        return visuals + due.Count;
    }

    /// <summary>One that a git commit closed ends where the transcript itself says. An open one ends behind the last turn that is known of it.</summary>
    private static string? Ending(ModelCommit commit, Dictionary<string, ModelSession> sessions, List<ModelTurn> turns) => commit.Captured.ClosedBy switch
    {
        "explicit" => commit.Captured.ClosedAfter,
        "session_end" => turns
            .Where(turn => sessions[turn.SessionId] is { IsSubagent: false } session && session.CommitId == commit.Id)
            .OrderByDescending(turn => turn.Ordinal)
            .ThenBy(turn => turn.Id, StringComparer.Ordinal)
            .FirstOrDefault()?.Id,
        _ => null,
    };

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
