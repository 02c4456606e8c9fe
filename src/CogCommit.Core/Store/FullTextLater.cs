namespace CogCommit.Core.Store;

/// <summary>
/// Indexes what a transaction writes at its end, all at once, instead of row by row as the triggers otherwise do: many times faster, and the
/// same index. Schema/100-fulltext.sql says why and how.
/// </summary>
internal static class FullTextLater
{
    public static void Begin(WriteTransaction transaction)
    {
        transaction.Execute("insert into full_text_later default values");
        foreach (var part in FullTextPart.All)
        {
            // Of a change before, which then did not happen.
            transaction.Execute($"delete from {part.Before}");
        }
    }

    public static void Finish(WriteTransaction transaction)
    {
        foreach (var part in FullTextPart.All)
        {
            // Laid aside, and in the end neither written nor gone: an upsert that changed other columns, as a pull's. It stays as it is indexed.
            transaction.Execute($"delete from {part.Before} where row not in (select row from {part.Later}) and row in (select row from {part.Table})");
            var spaced = string.Join(" or ", part.Columns.Select(name => $"may_be_spaced({name})"));
            transaction.Execute($"insert into {part.Index} ({part.Index}, rowid, {part.ColumnList}, spaced) select 'delete', * from {part.Before}");
            transaction.Execute($"""
                insert into {part.Index} (rowid, {part.ColumnList}, spaced)
                select row, {part.ColumnList}, case when {spaced} then (select spaced from {part.Texts} t where t.row = r.row) end
                from (select row, {part.ColumnList} from {part.RawTexts} where row in (select row from {part.Later})) r
                """);
            transaction.Execute($"delete from {part.Before}");
            transaction.Execute($"delete from {part.Later}");
        }

        transaction.Execute("delete from full_text_later");
    }
}
