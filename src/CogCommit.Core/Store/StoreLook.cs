using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CogCommit.Core.Store;

/// <summary>Opens a store, also a foreign or damaged one, so that not a byte of it and no file beside it changes.</summary>
internal static class StoreLook
{
    // SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE: the last to close would else take the log into the database.
    private const int NoCheckpointOnClose = 1006;

    public static SqliteConnection Open(string path)
    {
        // With a log somebody works on it, or died doing so: then the log counts, and SQLite's files beside the store are there already.
        // Without one the file is all there is, and SQLite must not make them.
        var log = new FileInfo(path + "-wal");
        var alone = !log.Exists || log.Length == 0;
        return StoreConnection.OrClosed(new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = $"file:{Escaped(path)}{(alone ? "?immutable=1" : "")}",
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString()), connection =>
        {
            connection.Open();
            raw.sqlite3_db_config(connection.Handle, NoCheckpointOnClose, 1, out _);
        });
    }

    /// <summary>Null where there is no file, or an empty one.</summary>
    public static long? VersionOf(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var connection = Open(path);
        if (StoreConnection.Scalar(connection, "select 1 from sqlite_master where type = 'table' and name = 'schema_version'") is null)
        {
            return StoreConnection.Scalar(connection, "select 1 from sqlite_master") is null ? null : throw StoreCreation.NoStore(path);
        }

        return Convert.ToInt64(StoreConnection.Scalar(connection, "select coalesce(max(version), 0) from schema_version"), CultureInfo.InvariantCulture);
    }

    private static string Escaped(string path) => (OperatingSystem.IsWindows() ? "///" + path.Replace('\\', '/') : path)
        .Replace("%", "%25", StringComparison.Ordinal).Replace("?", "%3f", StringComparison.Ordinal).Replace("#", "%23", StringComparison.Ordinal);
}
