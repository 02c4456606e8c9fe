using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Store;

/// <summary>How long a store's log is: SQLite says so to whoever commits (https://www.sqlite.org/c3ref/wal_hook.html), and makes no checkpoints of its own then.</summary>
internal static unsafe partial class LogFrames
{
    // The thread that commits is told, within the commit.
    [ThreadStatic]
    private static int _told;

    /// <summary>From now on <see cref="After"/> knows of this connection's commits. A later <c>pragma wal_autocheckpoint</c> would take that back: it is the same hook.</summary>
    public static void Follow(SqliteConnection connection) => Hook(connection.Handle!.DangerousGetHandle(), &Told, 0);

    /// <summary>The frames, pages of 4 KB, that the log holds after the commit; 0 where it wrote nothing.</summary>
    public static int After(Action commit)
    {
        _told = 0;
        commit();
        return _told;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Told(nint argument, nint connection, byte* database, int frames)
    {
        _told = frames;
        return 0;
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_wal_hook")]
    private static partial nint Hook(nint connection, delegate* unmanaged[Cdecl]<nint, nint, byte*, int, int> told, nint argument);
}
