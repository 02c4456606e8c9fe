using System.Runtime.InteropServices;

namespace CogCommit.Core.Store;

/// <summary>What a row's values are read by (https://www.sqlite.org/c3ref/column_blob.html), as C calls it: the library between counts who holds a statement, for each value twice.</summary>
internal static unsafe partial class ColumnNative
{
    private const string Library = "e_sqlite3";

    [LibraryImport(Library, EntryPoint = "sqlite3_column_int64")]
    public static partial long Number(nint statement, int column);

    /// <summary>UTF-8, null where it is NULL; until the next step or another call for this column.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_column_text")]
    public static partial byte* Text(nint statement, int column);

    /// <summary>How long what <see cref="Text"/> gave is.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_column_bytes")]
    public static partial int Bytes(nint statement, int column);
}
