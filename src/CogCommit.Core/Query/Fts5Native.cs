using System.Runtime.InteropServices;
using SQLitePCL;

namespace CogCommit.Core.Query;

/// <summary>What a function of FTS5's own needs of SQLite (https://www.sqlite.org/c3ref/funclist.html), and the library between does not have.</summary>
internal static unsafe partial class Fts5Native
{
    private const string Library = "e_sqlite3";

    /// <param name="type">Ends with 0, and stands where it does until the statement has run: SQLite copies it not.</param>
    [LibraryImport(Library, EntryPoint = "sqlite3_bind_pointer")]
    public static partial int BindPointer(sqlite3_stmt statement, int parameter, void* pointer, byte* type, void* free);

    [LibraryImport(Library, EntryPoint = "sqlite3_value_double")]
    public static partial double ValueDouble(void* value);

    [LibraryImport(Library, EntryPoint = "sqlite3_result_double")]
    public static partial void ResultDouble(void* context, double value);

    [LibraryImport(Library, EntryPoint = "sqlite3_result_error_code")]
    public static partial void ResultErrorCode(void* context, int code);
}

/// <summary><c>fts5_api</c> of fts5.h, up to what is used of it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Fts5Api
{
    public int Version;
    public void* CreateTokenizer;
    public void* FindTokenizer;
    public delegate* unmanaged[Cdecl]<Fts5Api*, byte*, void*, delegate* unmanaged[Cdecl]<ExtensionApi*, void*, void*, int, void**, void>, void*, int> CreateFunction;
}

/// <summary><c>Fts5ExtensionApi</c> of fts5.h, up to what is used of it: each is asked of the row that a query stands at.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ExtensionApi
{
    public int Version;
    public void* UserData;
    public void* ColumnCount;
    public delegate* unmanaged[Cdecl]<void*, long*, int> RowCount;
    public delegate* unmanaged[Cdecl]<void*, int, long*, int> ColumnTotalSize;
    public void* Tokenize;
    public delegate* unmanaged[Cdecl]<void*, int> PhraseCount;
    public void* PhraseSize;
    public delegate* unmanaged[Cdecl]<void*, int*, int> InstCount;
    public delegate* unmanaged[Cdecl]<void*, int, int*, int*, int*, int> Inst;
    public delegate* unmanaged[Cdecl]<void*, long> RowId;
    public void* ColumnText;
    public delegate* unmanaged[Cdecl]<void*, int, int*, int> ColumnSize;
    public delegate* unmanaged[Cdecl]<void*, int, void*, delegate* unmanaged[Cdecl]<ExtensionApi*, void*, void*, int>, int> QueryPhrase;
    public delegate* unmanaged[Cdecl]<void*, void*, delegate* unmanaged[Cdecl]<void*, void>, int> SetAuxdata;
    public delegate* unmanaged[Cdecl]<void*, int, void*> GetAuxdata;
}
