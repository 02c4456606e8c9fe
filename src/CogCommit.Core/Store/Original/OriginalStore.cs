using System.Globalization;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Store;

/// <summary>
/// Brings a database of the original command line, schema version 1 to 10, to ours, in place: first a backup beside it, then everything in
/// one transaction. So a crash anywhere leaves either the original or the finished store, and the next open goes on from there.
/// What it holds is found by looking at its tables, not from its version, which it notes even when a migration of its own failed.
/// </summary>
internal static class OriginalStore
{
    public const int LastVersion = 10;

    private const string Partial = ".partial";

    /// <summary>The caller holds the store's lock file.</summary>
    public static void Upgrade(string path, long version, TimeProvider clock, StoreOptions options)
    {
        using var connection = new SqliteConnection(StoreConnection.String(path, pooled: false));
        StoreConnection.Open(connection, options.Patience);
        StoreConnection.Execute(connection, "pragma foreign_keys = off; pragma legacy_alter_table = on");

        options.BeforeStep?.Invoke("wal");
        // Whoever may not write it, or holds it locked, learns it before anything is done.
        StoreConnection.Execute(connection, "begin immediate");
        StoreConnection.Execute(connection, "rollback");
        StoreConnection.Execute(connection, "pragma journal_mode = wal");

        options.BeforeStep?.Invoke("backup");
        options.Upgrading?.Report(new UpgradeProgress(1, Steps.Length + 1, "backup"));
        Backup(connection, path, version, clock);

        OriginalFunctions.AddTo(connection);
        options.BeforeStep?.Invoke("begin");
        StoreConnection.Execute(connection, "begin immediate");
        for (var i = 0; i < Steps.Length; i++)
        {
            var (name, step) = Steps[i];
            options.Upgrading?.Report(new UpgradeProgress(i + 2, Steps.Length + 1, name));
            options.BeforeStep?.Invoke(name);
            step(connection);
        }

        options.BeforeStep?.Invoke("commit");
        StoreConnection.Execute(connection, "commit");
    }

    private static readonly (string Name, Action<SqliteConnection> Run)[] Steps =
    [
        ("set aside", OriginalTables.SetAside),
        ("tables", connection => StoreConnection.Execute(connection, Schema.Tables(StoreConnection.SchemaVersion))),
        ("rows", OriginalTables.CopyRows),
        ("parents", connection => StoreConnection.Execute(connection, OriginalRows.MissingParents)),
        ("times", connection => StoreConnection.Execute(connection, OriginalRows.Times)),
        ("derived", connection => StoreConnection.Execute(connection, OriginalRows.Derived)),
        ("totals", connection => StoreConnection.Execute(connection, CommitTotals.Sql)),
        ("drop", OriginalTables.Drop),
        ("full text", connection => StoreConnection.Execute(connection, $"{Schema.FullText(StoreConnection.SchemaVersion)};\n{OriginalRows.FullText}")),
        ("check", Check),
    ];

    private static void Backup(SqliteConnection connection, string path, long version, TimeProvider clock)
    {
        var time = clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        var backup = string.Create(CultureInfo.InvariantCulture, $"{path}.v{version}.{time}.bak");
        var partial = backup + Partial;
        DeletePartials(path);
        try
        {
            // VACUUM INTO writes into a file that is empty: so the backup, too, is the owner's alone from the start.
            PrivateFiles.CreateEmpty(partial);
            using var command = connection.CreateCommand();
            command.CommandText = "vacuum into $file";
            command.With("$file", partial).ExecuteNonQuery();
            File.Move(partial, backup, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>What an upgrade that was killed left: the lock says that it is nobody's any more.</summary>
    private static void DeletePartials(string path)
    {
        foreach (var left in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, $"{Path.GetFileName(path)}.v*.bak{Partial}*"))
        {
            File.Delete(left);
        }
    }

    private static void Check(SqliteConnection connection)
    {
        if (StoreConnection.Scalar(connection, "select 1 from pragma_foreign_key_check") is not null)
        {
            throw new InvalidOperationException("The upgrade would leave rows without their parents; it was taken back.");
        }
    }
}
