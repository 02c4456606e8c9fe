namespace CogCommit.Core.Store;

/// <summary>
/// Indexes what a transaction writes at its end, all at once, instead of row by row as the triggers otherwise do: many times faster, and the
/// same index. Schema/100-fulltext.sql says why and how.
/// </summary>
internal static class FullTextLater
{
    private static readonly (string Index, string Texts, string Raw, string[] Columns)[] Parts =
    [
        ("commit_index", "commit_texts", "commit_raw_texts", ["title", "git_subject", "files"]),
        ("turn_index", "turn_texts", "turn_raw_texts", ["prompt", "answer", "tool_input", "tool_result"]),
    ];

    public static void Begin(WriteTransaction transaction)
    {
        transaction.Execute("insert into full_text_later default values");
        foreach (var (_, texts, _, _) in Parts)
        {
            // Of a change before, which then did not happen.
            transaction.Execute($"delete from {texts}_before");
        }
    }

    public static void Finish(WriteTransaction transaction)
    {
        foreach (var (index, texts, rawTexts, names) in Parts)
        {
            var columns = string.Join(", ", names);
            var spaced = string.Join(" or ", names.Select(name => $"may_be_spaced({name})"));
            transaction.Execute($"insert into {index} ({index}, rowid, {columns}, spaced) select 'delete', * from {texts}_before");
            transaction.Execute($"""
                insert into {index} (rowid, {columns}, spaced)
                select row, {columns}, case when {spaced} then (select spaced from {texts} t where t.row = r.row) end
                from (select row, {columns} from {rawTexts} where row in (select row from {index}_later union select row from {texts}_before)) r
                """);
            transaction.Execute($"delete from {texts}_before");
            transaction.Execute($"delete from {index}_later");
        }

        transaction.Execute("delete from full_text_later");
    }
}
