using CogCommit.CloudModel;
using CogCommit.Core.Rows;
using CogCommit.Core.Sync;
using CogCommit.Simulation.Tests.Devices;

namespace CogCommit.Simulation.Tests.Invariants;

/// <summary>Reads what users said, on a device and in the cloud.</summary>
internal static class SaidRows
{
    public static SaidRow? Of(SimulatedDevice device, string commitId) =>
        Of(device).Select(row => (SaidRow?)row).FirstOrDefault(row => row!.Value.Said.CommitId == commitId);

    public static List<SaidRow> Of(SimulatedDevice device) => [.. Curated(device).Select(commit => Of(commit.Id, commit.Curated))];

    public static IEnumerable<SaidRow> Of(ModelCloud cloud) =>
        WholeCloud.Read(cloud).Commits.Where(commit => commit.Curated is not null).Select(commit => Of(commit.Id, commit.Curated!));

    public static IEnumerable<SaidRow> Archived(SimulatedDevice device)
    {
        foreach (var entry in Conflict.List(device.Store, resolvedToo: true))
        {
            // A pair that met again, the other way round, is one entry.
            yield return Of(entry.CommitId, entry.Lost);
            yield return Of(entry.CommitId, entry.Won);
        }
    }

    /// <summary>
    /// What the commits would come to say if either side of a pair were kept: the fields in which the two differ, put into what stands there
    /// now. A pair is archived once for its differing fields, whatever else both say alike when they meet again (both were deleted since).
    /// </summary>
    public static IEnumerable<Said> Restorable(SimulatedDevice device)
    {
        var entries = Conflict.List(device.Store, resolvedToo: true);
        if (entries.Count == 0)
        {
            yield break;
        }

        var commits = Curated(device).ToDictionary(commit => commit.Id, commit => commit.Curated);
        foreach (var entry in entries)
        {
            if (commits.TryGetValue(entry.CommitId, out var here))
            {
                foreach (var kept in new[] { entry.Lost, entry.Won })
                {
                    var restored = CuratedField.Between(entry.Lost, entry.Won).Aggregate(here, (fields, field) => field.Put(fields, kept));
                    if (!restored.SaysTheSameAs(here))
                    {
                        yield return Of(entry.CommitId, restored).Said;
                    }
                }
            }
        }
    }

    /// <summary>
    /// The turns of deleted commits, also those that were read only after the deletion: of the commit's range, and of its subagents, which
    /// share its fate.
    /// </summary>
    public static List<(string Commit, string Turn)> TurnsOfDeleted(SimulatedDevice device) => device.Ask(
        $"""
        select c.id, t.id from cognitive_commits c join sessions s on s.commit_id = c.id join turns t on t.session_id = s.id where c.deleted_at is not null
        union {Captured("select id from cognitive_commits where deleted_at is not null")}
        """,
        row => (row.GetString(0), row.GetString(1)));

    /// <summary>What was read of a commit that was pruned here: it is stored when the commit is fetched again.</summary>
    public static List<string> TurnsOfPruned(SimulatedDevice device) => device.Ask(Captured("select commit_id from pruned_commits"), row => row.GetString(1));

    private static string Captured(string commits) => $"""
        select k.commit_id, f.turn_id from captured_commits k
        join agent_sessions a on a.row = k.session or a.parent = k.session and instr(k.cut, ' ' || substr(a.agent_session_id, instr(a.agent_session_id, '/') + 1) || ':') > 0
        join captured_turns f on f.session = a.row and (a.parent is not null or f.ordinal between k.first_ordinal and k.last_ordinal)
        where k.commit_id in ({commits})
        """;

    private static List<(string Id, CuratedFields Curated)> Curated(SimulatedDevice device) => device.Ask(
        $"select {StoredRows.CommitColumns} from cognitive_commits c",
        row =>
        {
            var commit = StoredRows.Commit(row).Row;
            return (commit.Id, commit.Curated!);
        });

    private static SaidRow Of(string commitId, CuratedFields curated) =>
        new(
            new Said(commitId, $"title {(curated.TitleSet ? curated.Title : "-")}, project {curated.Project ?? "-"}, published {curated.Published}, "
                + $"hidden {curated.Hidden}, order {curated.DisplayOrder}, deleted {curated.DeletedAt is not null}"),
            curated.Hash,
            curated.TitleSet ? curated.Title : null);
}
