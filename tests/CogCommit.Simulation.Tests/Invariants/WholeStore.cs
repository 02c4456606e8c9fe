using CogCommit.Core.Rows;
using CogCommit.Core.Store;
using CogCommit.Core.Sync;
using Microsoft.Data.Sqlite;

namespace CogCommit.Simulation.Tests.Invariants;

/// <summary>Every row of a store in the form in which it travels; but for queued prompts without a place, which do not travel.</summary>
internal static class WholeStore
{
    public static CloudRows Read(StoreFile store)
    {
        using var reader = store.OpenReader();
        return new CloudRows
        {
            Commits = All(reader, StoredRows.CommitColumns, "cognitive_commits c", StoredRows.Commit),
            Sessions = All(reader, StoredRows.SessionColumns, "sessions s", StoredRows.Session),
            Turns = All(reader, StoredRows.TurnColumns, $"turns t where {CommitColumns.Placed}", StoredRows.Turn),
            Visuals = All(reader, StoredRows.VisualColumns, "visuals v", StoredRows.Visual),
        };
    }

    private static List<T> All<T>(SqliteConnection reader, string columns, string from, Func<SqliteDataReader, Stored<T>> read)
    {
        using var command = reader.CreateCommand();
        command.CommandText = $"select {columns} from {from}";
        using var row = command.ExecuteReader();
        List<T> found = [];
        while (row.Read())
        {
            found.Add(read(row).Row);
        }

        return found;
    }
}
