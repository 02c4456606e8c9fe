using System.Runtime.InteropServices;

namespace CogCommit.Core.Store;

/// <summary>
/// What a row's values are read by, as C calls it: the library between counts who holds a statement, for each value twice. What <see cref="Value"/> gives may be
/// read while the connection's mutex is held, which makes it a protected value (https://www.sqlite.org/c3ref/value.html).
/// </summary>
internal static unsafe partial class ColumnNative
{
    private const string Library = "e_sqlite3";

    [LibraryImport(Library, EntryPoint = "sqlite3_db_handle")]
    public static partial nint Connection(nint statement);

    /// <summary>0 where SQLite was built without: then <see cref="Enter"/> and <see cref="Leave"/> do nothing.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_db_mutex")]
    public static partial nint Mutex(nint connection);

    /// <summary>Whoever has it may take it again (https://www.sqlite.org/c3ref/mutex_alloc.html), as SQLite's own functions do.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_mutex_enter")]
    public static partial void Enter(nint mutex);

    [LibraryImport(Library, EntryPoint = "sqlite3_mutex_leave")]
    public static partial void Leave(nint mutex);

    /// <summary>Until the next step.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_column_value")]
    public static partial nint Value(nint statement, int column);

    // These take no lock, and a few nanoseconds where a value has the type it is asked for, as those of the store have: the runtime need not know of it.

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_value_int64")]
    public static partial long Number(nint value);

    /// <summary>UTF-8, null where it is NULL.</summary>
    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_value_text")]
    public static partial byte* Text(nint value);

    /// <summary>How long what <see cref="Text"/> gave is: asked after it, and then it changes nothing.</summary>
    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_value_bytes")]
    public static partial int Bytes(nint value);
}
