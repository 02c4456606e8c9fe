using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CogCommit.Core.Query;

/// <summary>
/// <c>relevance(index, weight, ...)</c>: FTS5's bm25 with a weight for each column, better the lower it is, but for one thing. To know how rare a word is, bm25
/// first counts each row that has it: of one that stands everywhere that takes longer than all the rest of a search. Here the count ends at
/// <see cref="Counted"/> rows, the oldest, and how far it came tells how many there may be: too many for a word that was said at first and not since.
/// </summary>
/// <remarks>
/// An auxiliary function by FTS5's own interface (https://www.sqlite.org/fts5.html#custom_auxiliary_functions); formula and constants are those of
/// https://www.sqlite.org/fts5.html#the_bm25_function. The library between has no word for it, so SQLite is called as C calls it.
/// </remarks>
internal static unsafe class Relevance
{
    internal const long Counted = 10_000;

    private const double K1 = 1.2;
    private const double B = 0.75;
    private const double LeastIdf = 1e-6;

    // A pooled connection that is opened again has it already.
    private static readonly ConditionalWeakTable<sqlite3, object> Known = [];

    /// <summary>Gives a connection the function. No view and no trigger may call it: who reads the store by other programs does not have it.</summary>
    public static void AddTo(SqliteConnection connection)
    {
        var handle = connection.Handle!;
        if (Known.TryGetValue(handle, out _))
        {
            return;
        }

        fixed (byte* type = "fts5_api_ptr\0"u8, name = "relevance\0"u8)
        {
            // FTS5 writes to where this points where its interface lies.
            Fts5Api* api = null;
            SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(handle, "select fts5(?1)", out var statement), handle);
            using (statement)
            {
                SqliteException.ThrowExceptionForRC(Fts5Native.BindPointer(statement, 1, &api, type, null), handle);
                SqliteException.ThrowExceptionForRC(raw.sqlite3_step(statement), handle);
            }

            var code = api is null ? raw.SQLITE_MISUSE : api->CreateFunction(api, name, null, &Rank, null);
            SqliteException.ThrowExceptionForRC(code, handle);
        }

        Known.Add(handle, Known);
    }

    /// <summary>How rare a word is, as bm25 takes it.</summary>
    /// <param name="rows">Rows there are.</param>
    /// <param name="hits">Rows with the word, that were counted.</param>
    /// <param name="among">Where the count ended before the last of them: among so many rows it came to them. 0: it did not.</param>
    internal static double Idf(long rows, long hits, long among)
    {
        // What is only estimated is never taken for more common than in each third row: beside a second word it still says something.
        var all = among > 0 ? Math.Max(hits, Math.Min((double)hits * rows / among, rows / 3.0)) : hits;
        return Math.Max(LeastIdf, Math.Log((rows - all + 0.5) / (all + 0.5)));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Rank(ExtensionApi* api, void* row, void* result, int weightCount, void** weights)
    {
        int instances = 0, tokens = 0;
        var phrases = api->PhraseCount(row);
        var code = Words(api, row, phrases, out var average, out var idf, out var frequency);
        code = code == raw.SQLITE_OK ? api->ColumnSize(row, -1, &tokens) : code;
        code = code == raw.SQLITE_OK ? api->InstCount(row, &instances) : code;
        for (var i = 0; i < instances && code == raw.SQLITE_OK; i++)
        {
            int phrase, column, offset;
            code = api->Inst(row, i, &phrase, &column, &offset);
            if (code == raw.SQLITE_OK)
            {
                frequency[phrase] += column < weightCount ? Fts5Native.ValueDouble(weights[column]) : 1;
            }
        }

        if (code != raw.SQLITE_OK)
        {
            Fts5Native.ResultErrorCode(result, code);
            return;
        }

        var score = 0.0;
        for (var phrase = 0; phrase < phrases; phrase++)
        {
            var often = frequency[phrase];
            score += idf[phrase] * (often * (K1 + 1) / (often + (K1 * (1 - B + (B * tokens / average)))));
        }

        Fts5Native.ResultDouble(result, -score);
    }

    /// <summary>What holds for all rows of a query, found out at its first one; and room to count in, emptied.</summary>
    private static int Words(ExtensionApi* api, void* row, int phrases, out double average, out double* idf, out double* frequency)
    {
        var kept = (double*)api->GetAuxdata(row, 0);
        var code = raw.SQLITE_OK;
        if (kept is null)
        {
            kept = (double*)NativeMemory.AllocZeroed((nuint)(1 + (2 * phrases)), sizeof(double));
            code = Ask(api, row, phrases, kept);
            // It takes the room, and frees it also where it cannot keep it.
            var set = api->SetAuxdata(row, kept, &Free);
            code = code == raw.SQLITE_OK ? set : code;
        }

        idf = kept + 1;
        frequency = idf + phrases;
        average = code == raw.SQLITE_OK ? kept[0] : 0;
        if (code == raw.SQLITE_OK)
        {
            new Span<double>(frequency, phrases).Clear();
        }

        return code;
    }

    private static int Ask(ExtensionApi* api, void* row, int phrases, double* kept)
    {
        long rows = 0, tokens = 0;
        var code = api->RowCount(row, &rows);
        code = code == raw.SQLITE_OK ? api->ColumnTotalSize(row, -1, &tokens) : code;
        kept[0] = (double)tokens / rows;
        for (var phrase = 0; phrase < phrases && code == raw.SQLITE_OK; phrase++)
        {
            var count = default(HitCount);
            code = api->QueryPhrase(row, phrase, &count, &Count);
            // Rows are numbered in the order in which they came, and those that went first leave a gap before them; this row is the newest of the query.
            var gap = Math.Max(0, api->RowId(row) - rows);
            kept[1 + phrase] = Idf(rows, count.Hits, count.Last > 0 ? Math.Max(1, count.Last - gap) : 0);
        }

        return code;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Count(ExtensionApi* api, void* row, void* count)
    {
        var counted = (HitCount*)count;
        if (++counted->Hits < Counted)
        {
            return raw.SQLITE_OK;
        }

        counted->Last = api->RowId(row);
        return raw.SQLITE_DONE;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Free(void* kept) => NativeMemory.Free(kept);

    private struct HitCount
    {
        public long Hits;
        public long Last;
    }
}
