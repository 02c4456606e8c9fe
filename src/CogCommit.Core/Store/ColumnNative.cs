using System.Runtime.InteropServices;

namespace CogCommit.Core.Store;

/// <summary>
/// What a row's values are read by, as C calls it: the library between counts who holds a statement, for each value twice. A thread that holds the
/// connection's mutex waits in none of them, and they are short: so the runtime need not know that it is in native code
/// (https://learn.microsoft.com/dotnet/api/system.runtime.interopservices.suppressgctransitionattribute).
/// </summary>
internal static unsafe partial class ColumnNative
{
    private const string Library = "e_sqlite3";

    [LibraryImport(Library, EntryPoint = "sqlite3_db_handle")]
    public static partial nint Connection(nint statement);

    /// <summary>The connection's own, which whoever has it may take again (https://www.sqlite.org/c3ref/db_mutex.html).</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_db_mutex")]
    public static partial nint Mutex(nint connection);

    [LibraryImport(Library, EntryPoint = "sqlite3_mutex_enter")]
    public static partial void Enter(nint mutex);

    [LibraryImport(Library, EntryPoint = "sqlite3_mutex_leave")]
    public static partial void Leave(nint mutex);

    /// <summary>To be read while the mutex is held (https://www.sqlite.org/c3ref/value.html), and until the next step.</summary>
    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_column_value")]
    public static partial nint Value(nint statement, int column);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_value_int64")]
    public static partial long Number(nint value);

    /// <summary>UTF-8, null where it is NULL; until another call for this value.</summary>
    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_value_text")]
    public static partial byte* Text(nint value);

    /// <summary>How long what <see cref="Text"/> gave is.</summary>
    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_value_bytes")]
    public static partial int Bytes(nint value);
}
