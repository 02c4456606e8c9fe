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
            // What was written again as it was, as a pull does where only the revision is another, stays as it is indexed.
            var same = $"""
                select b.row from {part.Before} b cross join {part.RawTexts} t on t.row = b.row
                where {string.Join(" and ", part.Columns.Select(name => $"t.{name} is b.{name}"))}
                """;
            transaction.Execute($"delete from {part.Later} where row in ({same})");
            transaction.Execute($"delete from {part.Before} where row in ({same})");
            var spaced = string.Join(" or ", part.Columns.Select(name => $"may_be_spaced({name})"));
            transaction.Execute($"insert into {part.Index} ({part.Index}, rowid, {part.ColumnList}, spaced) select 'delete', * from {part.Before}");
            transaction.Execute($"""
                insert into {part.Index} (rowid, {part.ColumnList}, spaced)
                select row, {part.ColumnList}, case when {spaced} then (select spaced from {part.Texts} t where t.row = r.row) end
                from (select row, {part.ColumnList} from {part.RawTexts} where row in (select row from {part.Later} union select row from {part.Before})) r
                """);
            transaction.Execute($"delete from {part.Before}");
            transaction.Execute($"delete from {part.Later}");
        }

        transaction.Execute("delete from full_text_later");
    }
}
