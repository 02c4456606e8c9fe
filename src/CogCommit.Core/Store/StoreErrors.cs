using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CogCommit.Core.Store;

/// <summary>SQLite's result codes, said so that a user knows what was kept and what to do.</summary>
internal static class StoreErrors
{
    /// <summary>The error for the user, or null when the code tells of a mistake of ours (which must stay what it is).</summary>
    public static CogCommitException? ForUser(SqliteException error, string path)
    {
        var (id, text, kind) = error.SqliteErrorCode switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => ("StoreBusy",
                $"Another program kept the store '{path}' locked (an import, a sync, or the daemon of the original cogcommit). Nothing was changed. Stop it or wait for it, then try again.",
                ErrorKind.Unavailable),
            raw.SQLITE_READONLY or raw.SQLITE_PERM => ("StoreReadOnly",
                $"The store '{path}' or its folder cannot be written. Nothing was changed. Give yourself the right to write both, or name another folder in COGCOMMIT_HOME.",
                ErrorKind.ReadOnly),
            raw.SQLITE_FULL => DiskFull(path),
            // The file by which readers and writers find each other could not be made as large as it must be.
            raw.SQLITE_IOERR when error.SqliteExtendedErrorCode == raw.SQLITE_IOERR_SHMSIZE => DiskFull(path),
            raw.SQLITE_CORRUPT when error.SqliteExtendedErrorCode == raw.SQLITE_CORRUPT_VTAB => ("SearchIndexDamaged",
                $"The search index of the store '{path}' is damaged; the commits themselves are not part of it. Nothing was changed. Import-CogCommit -Rebuild makes it anew.",
                ErrorKind.InvalidData),
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => ("StoreDamaged",
                $"'{path}' is damaged or no SQLite database. It was left as it is. Move it away and import again, or put a backup in its place.",
                ErrorKind.InvalidData),
            raw.SQLITE_CANTOPEN => ("StoreCannotOpen",
                $"The store '{path}' cannot be opened. Look whether its folder exists and whether you may read and write it.",
                ErrorKind.ReadOnly),
            raw.SQLITE_IOERR => ("StoreInputOutput",
                $"Reading or writing the store '{path}' failed ({error.Message}). What was stored before is kept. Look whether the disk is there and has room, then try again.",
                ErrorKind.Unavailable),
            _ => (null, null, default(ErrorKind)),
        };
        return id is null ? null : new CogCommitException(id, text!, kind, error);
    }

    private static (string, string, ErrorKind) DiskFull(string path) => ("DiskFull",
        $"The disk that holds the store '{path}' is full. What was stored before is kept, the last change is not. Make room and try again.",
        ErrorKind.Unavailable);

    /// <summary>Runs <paramref name="work"/>; what SQLite refuses reaches the caller as a <see cref="CogCommitException"/>.</summary>
    public static T Explained<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException error) when (ForUser(error, path) is { } said)
        {
            throw said;
        }
        catch (Exception error) when (FileErrors.IsDiskFull(error))
        {
            throw FileErrors.DiskFull($"the store '{path}', or a file of it,", "What was stored before is kept, the last change is not.", error);
        }
        catch (Exception error) when (FileErrors.IsReadOnly(error))
        {
            throw new CogCommitException(
                "StoreReadOnly",
                $"The store '{path}' or its folder cannot be written ({error.Message}). Nothing was changed. Give yourself the right to write both, or name another folder in COGCOMMIT_HOME.",
                ErrorKind.ReadOnly,
                error);
        }
    }
}
