using System.Globalization;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Store;

/// <summary>Brings the file at a path to the present schema: made where it is missing or empty, upgraded where it is the original's.</summary>
internal static class StoreCreation
{
    public static void Ensure(string path, TimeProvider clock, StoreOptions options)
    {
        if (VersionOf(path, options) == StoreConnection.SchemaVersion)
        {
            return;
        }

        PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
        using var held = StoreLock.Take(path, options.Patience);
        var version = VersionOf(path, options);
        if (version > StoreConnection.SchemaVersion)
        {
            throw StoreConnection.Newer(path, version.Value);
        }

        if (version is null)
        {
            PrivateFiles.CreateEmpty(path);
            Create(path, options);
        }
        else if (version <= OriginalStore.LastVersion)
        {
            OriginalStore.Upgrade(path, version.Value, clock, options);
        }
        else if (version < StoreConnection.SchemaVersion)
        {
            throw new CogCommitException(
                "StoreOfUnknownOriginal",
                $"The store '{path}' has schema version {version}, of an original cogcommit newer than this CogCommit knows (up to {OriginalStore.LastVersion}). Nothing was changed. Update the module (Update-Module CogCommit), or name another folder in COGCOMMIT_HOME.",
                ErrorKind.Newer);
        }
    }

    /// <summary>The highest version noted in the file (the original leaves the ones before it), or null when there is no table yet.</summary>
    private static long? VersionOf(string path, StoreOptions options)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var connection = new SqliteConnection(StoreConnection.String(path, pooled: false));
        StoreConnection.Open(connection, options.Patience);
        if (StoreConnection.Scalar(connection, "select 1 from sqlite_master where type = 'table' and name = 'schema_version'") is null)
        {
            return StoreConnection.Scalar(connection, "select 1 from sqlite_master") is null ? null : throw NoStore(path);
        }

        return Convert.ToInt64(StoreConnection.Scalar(connection, "select coalesce(max(version), 0) from schema_version"), CultureInfo.InvariantCulture);
    }

    public static CogCommitException NoStore(string path) => new(
        "NotAStore", $"'{path}' is a SQLite database, but no store of CogCommit. It was left as it is. Name another folder in COGCOMMIT_HOME.", ErrorKind.InvalidData);

    private static void Create(string path, StoreOptions options)
    {
        using var connection = new SqliteConnection(StoreConnection.String(path, pooled: false));
        StoreConnection.Open(connection, options.Patience);
        // WAL is a property of the file: set once, before anybody else can have it open.
        StoreConnection.Execute(connection, "pragma journal_mode = wal");
        StoreConnection.Execute(connection, "begin immediate");
        StoreConnection.Execute(connection, Schema.Tables(StoreConnection.SchemaVersion));
        StoreConnection.Execute(connection, Schema.FullText(StoreConnection.SchemaVersion));
        StoreConnection.Execute(connection, "commit");
    }
}
