using CogCommit.Core.Rows;
using CogCommit.Core.Store;
using CogCommit.Core.Sync;
using CogCommit.Simulation.Tests.Devices;
using Microsoft.Data.Sqlite;

namespace CogCommit.Simulation.Tests.Invariants;

/// <summary>Every row of a store in the form in which it travels; but for queued prompts without a place, and deleted commits of nothing else, which do not travel.</summary>
internal static class WholeStore
{
    public static CloudRows Read(SimulatedDevice device) => new()
    {
        Commits = All(device, StoredRows.CommitColumns, Travelling, StoredRows.Commit),
        Sessions = All(device, StoredRows.SessionColumns, "sessions s", StoredRows.Session),
        Turns = All(device, StoredRows.TurnColumns, $"turns t where {CommitColumns.Placed}", StoredRows.Turn),
        Visuals = All(device, StoredRows.VisualColumns, "visuals v", StoredRows.Visual),
    };

    private const string Travelling = $"""
        cognitive_commits c where c.deleted_at is null or c.cloud_version > 0 or exists (
          select 1 from sessions s join turns t on t.session_id = s.id where s.commit_id = c.id and {CommitColumns.Placed})
        """;

    private static List<T> All<T>(SimulatedDevice device, string columns, string from, Func<SqliteDataReader, Stored<T>> read) =>
        device.Ask($"select {columns} from {from}", row => read(row).Row);
}
