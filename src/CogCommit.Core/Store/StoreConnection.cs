using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CogCommit.Core.Store;

/// <summary>How every connection to the store is opened.</summary>
internal static class StoreConnection
{
    /// <summary>The schema this version reads and writes: the number of the newest file in Schema/.</summary>
    public const int SchemaVersion = 100;

    public static string String(string path, bool pooled) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWrite,
        Pooling = pooled,
        ForeignKeys = true,
        // SQLite's own REPLACE would otherwise skip the delete triggers that keep full text right.
        RecursiveTriggers = true,
    }.ToString();

    public static void Open(SqliteConnection connection, TimeSpan patience)
    {
        connection.DefaultTimeout = Math.Max(1, (int)patience.TotalSeconds);
        try
        {
            Prepare(connection, patience);
        }
        catch (SqliteException refused) when (refused.SqliteErrorCode is raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY && StandsStill(connection.DataSource))
        {
            connection.Close();
            connection.ConnectionString = Frozen(connection.DataSource);
            Prepare(connection, patience);
        }
    }

    private static void Prepare(SqliteConnection connection, TimeSpan patience)
    {
        connection.Open();
        SpacedScripts.AddTo(connection.Handle!);
        // SQLite's own waiting naps for milliseconds, the library's for 150 at a time.
        Execute(connection, string.Create(CultureInfo.InvariantCulture,
            $"pragma busy_timeout = {(int)patience.TotalMilliseconds}; pragma synchronous = normal; pragma temp_store = memory"));
        // SQLite opens the file at the first look into it.
        Scalar(connection, "select 1 from sqlite_master limit 1");
    }

    /// <summary>All of it is in its one file.</summary>
    private static bool StandsStill(string path) => File.Exists(path) && new FileInfo(path + "-wal") is not { Exists: true, Length: > 0 };

    /// <summary>
    /// A store in WAL needs files beside it even to be read. Where none can be made, nobody writes either: then SQLite may take the
    /// database as one that does not change, and reading goes on.
    /// </summary>
    private static string Frozen(string path) =>
        new SqliteConnectionStringBuilder { DataSource = $"{new Uri(path).AbsoluteUri}?immutable=1", Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString();

    /// <summary>The connection, once it is prepared; closed where that fails.</summary>
    public static SqliteConnection OrClosed(SqliteConnection connection, Action<SqliteConnection> prepare)
    {
        try
        {
            prepare(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static int Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    public static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>Stops cleanly when the store is not of the version this process knows: another process may have upgraded it meanwhile.</summary>
    public static void CheckVersion(SqliteConnection connection, string path)
    {
        var version = Convert.ToInt64(Scalar(connection, "select max(version) from schema_version"), CultureInfo.InvariantCulture);
        if (version > SchemaVersion)
        {
            throw Newer(path, version);
        }

        if (version < SchemaVersion)
        {
            throw new CogCommitException(
                "StoreReplaced",
                $"The store '{path}' was replaced by an older one while it was open. Nothing was changed. Start again, and it will be upgraded.",
                ErrorKind.Unavailable);
        }
    }

    public static CogCommitException Newer(string path, long version) => new(
        "StoreIsNewer",
        $"The store '{path}' has schema version {version}; this CogCommit knows versions up to {SchemaVersion}. Nothing was changed. Update the module (Update-Module CogCommit) and start a new session.",
        ErrorKind.Newer);
}
