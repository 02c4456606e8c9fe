using CogCommit.Core.Rows;
using CogCommit.Core.Sync;

namespace CogCommit.Simulation.Tests.Invariants;

/// <summary>
/// What has to be the same everywhere, a line per row: sessions that hold turns, their commits and turns; of a deleted commit what was
/// said of it.
/// </summary>
internal static class RowTexts
{
    /// <param name="rows">All rows of one place.</param>
    /// <param name="without">Commits that are not asked for: pruned there.</param>
    public static List<string> Of(CloudRows rows, IReadOnlySet<string> without)
    {
        var deleted = rows.Commits.Where(IsDeleted).Select(commit => commit.Id).ToHashSet();
        var withTurns = rows.Turns.Select(turn => turn.SessionId).ToHashSet();
        var held = rows.Sessions
            .Where(session => withTurns.Contains(session.Id) && !deleted.Contains(session.CommitId) && !without.Contains(session.CommitId))
            .ToDictionary(session => session.Id);
        var live = held.Values.Select(session => session.CommitId).ToHashSet();
        return
        [
            .. rows.Commits.Where(commit => live.Contains(commit.Id) || (deleted.Contains(commit.Id) && !without.Contains(commit.Id))).Select(Text)
                .Concat(held.Values.Select(session => $"session {session.Id} of {session.CommitId} {session.Rev} {session.Hash}"))
                .Concat(rows.Turns.Where(turn => held.ContainsKey(turn.SessionId)).Select(turn => $"turn {turn.Id} of {turn.SessionId} {turn.Rev} {turn.Hash}"))
                .Concat(rows.Visuals.Where(visual => live.Contains(visual.CommitId)).Select(visual => $"visual {visual.Id} of {visual.CommitId} {visual.Rev} {visual.Hash}"))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static bool IsDeleted(CommitRow commit) => commit.Purged || commit.Curated?.DeletedAt is not null;

    private static string Text(CommitRow commit) => IsDeleted(commit)
        ? $"commit {commit.Id} deleted, {Text(commit.Curated)}"
        : $"commit {commit.Id} {commit.Captured!.Rev} {commit.Captured.Hash} parallel {commit.Captured.Parallel} project {commit.Captured.Project} machine {commit.Captured.MachineId}, {Text(commit.Curated)}";

    private static string Text(CuratedFields? curated) => curated is null ? "nothing said" : $"version {curated.Version} at {curated.UpdatedAt} {curated.Hash}";
}
