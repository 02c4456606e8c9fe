using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Store;

/// <summary>
/// Indexes what transactions write afterwards, all at once, instead of row by row as the triggers otherwise do: many times faster, and the
/// same index. At the end of the transaction, or of a later one: until then any writer's rows wait with them. Schema/100-fulltext.sql says why and how.
/// </summary>
internal static class FullTextLater
{
    public static void Begin(WriteTransaction transaction)
    {
        // Also another's, who may not live any more: what he laid aside counts still.
        if (Waits(transaction.Connection))
        {
            return;
        }

        transaction.Execute("insert into full_text_later default values");
        foreach (var part in FullTextPart.All)
        {
            // Of a change before, which then did not happen.
            transaction.Execute($"delete from {part.Before}");
        }
    }

    /// <summary>Rows wait for the index, or may come to.</summary>
    public static bool Waits(SqliteConnection connection) => StoreConnection.Scalar(connection, "select 1 from full_text_later") is not null;

    /// <summary>Takes what is indexed no more as it was out of the index; what was written goes on waiting.</summary>
    public static void Leave(WriteTransaction transaction)
    {
        foreach (var part in FullTextPart.All)
        {
            Unindex(transaction, part);
        }
    }

    public static void Finish(WriteTransaction transaction)
    {
        foreach (var part in FullTextPart.All)
        {
            Index(transaction, part);
        }

        Forget(transaction);
    }

    /// <summary>After a piece of the index of turns came in from beside: merges so many pages, as FTS5 does by itself after it wrote, and indexes the commits that wait.</summary>
    public static void AfterPiece(WriteTransaction transaction, long pages)
    {
        transaction.Execute($"insert into {FullTextPart.Turns.Index} ({FullTextPart.Turns.Index}, rank) values ('merge', $pages)", ("$pages", pages));
        Index(transaction, FullTextPart.Commits);
        transaction.Execute($"delete from {FullTextPart.Commits.Later}");
    }

    /// <summary>
    /// The statement that puts what waits into the index. What is looked at for spaced is what is stored: the view's texts would be made once more for that.
    /// </summary>
    public static string IndexWaiting(FullTextPart part) => $"""
        insert into {part.Index} (rowid, {part.ColumnList}, spaced)
        select row, {part.ColumnList},
          case when (select {part.MayBeSpaced} from {part.Table} s where s.row = r.row) then (select spaced from {part.Texts} t where t.row = r.row) end
        from {part.RawTexts} r where row in (select row from {part.Later})
        """;

    /// <summary>Nothing waits any more.</summary>
    public static void Forget(WriteTransaction transaction)
    {
        foreach (var part in FullTextPart.All)
        {
            transaction.Execute($"delete from {part.Before}");
            transaction.Execute($"delete from {part.Later}");
        }

        transaction.Execute("delete from full_text_later");
    }

    private static void Index(WriteTransaction transaction, FullTextPart part)
    {
        Unindex(transaction, part);
        transaction.Execute(IndexWaiting(part));
    }

    private static void Unindex(WriteTransaction transaction, FullTextPart part)
    {
        // Laid aside, and in the end neither written nor gone: an upsert that changed other columns, as a pull's. It stays as it is indexed.
        // Not "row in (select row from the table)": SQLite would go through all of that.
        transaction.Execute($"""
            delete from {part.Before} where row not in (select row from {part.Later}) and exists (select 1 from {part.Table} t where t.row = {part.Before}.row)
            """);
        transaction.Execute($"insert into {part.Index} ({part.Index}, rowid, {part.ColumnList}, spaced) select 'delete', * from {part.Before}");
        transaction.Execute($"delete from {part.Before}");
    }
}
