using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CogCommit.Core.Tests.Query;

/// <summary>Work counted in pages of the store.</summary>
internal static class PagesRead
{
    /// <summary>How often a connection has asked for a page so far.</summary>
    public static long By(SqliteConnection connection)
    {
        return Told(raw.SQLITE_DBSTATUS_CACHE_HIT) + Told(raw.SQLITE_DBSTATUS_CACHE_MISS);

        long Told(int what)
        {
            raw.sqlite3_db_status(connection.Handle, what, out var value, out _, 0);
            return value;
        }
    }
}
