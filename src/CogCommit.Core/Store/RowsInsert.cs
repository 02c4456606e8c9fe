namespace CogCommit.Core.Store;

/// <summary>
/// A statement that inserts rows, of as many as there are: a few sizes of it are prepared. What a statement costs by itself, as much as a short row, several share.
/// </summary>
/// <param name="into">What stands before the columns: <c>insert into turns</c>.</param>
/// <param name="columns">Of which each row has the values.</param>
/// <param name="onConflict">What stands behind the rows.</param>
internal sealed class RowsInsert(string into, IReadOnlyList<string> columns, string onConflict = "")
{
    /// <summary>As many as one statement takes.</summary>
    public const int Most = 16;

    private readonly (int Rows, string Sql)[] _statements = [Of(Most, into, columns, onConflict), Of(4, into, columns, onConflict), Of(1, into, columns, onConflict)];

    /// <param name="transaction">Where they come.</param>
    /// <param name="rows">Of each its values, in the order of the columns.</param>
    public void Run(WriteTransaction transaction, IReadOnlyList<object?[]> rows)
    {
        var done = 0;
        foreach (var (count, sql) in _statements)
        {
            for (; rows.Count - done >= count; done += count)
            {
                var statement = transaction.PrepareByPlace(sql);
                for (var i = 0; i < count * columns.Count; i++)
                {
                    statement.Bind(i + 1, rows[done + (i / columns.Count)][i % columns.Count]);
                }

                statement.Run();
            }
        }
    }

    /// <summary>What an upsert writes: these columns of the row that comes.</summary>
    public static string Overwrite(IEnumerable<string> columns) => string.Join(", ", columns.Select(column => $"{column} = excluded.{column}"));

    private static (int Rows, string Sql) Of(int rows, string into, IReadOnlyList<string> columns, string onConflict)
    {
        var row = $"({string.Join(", ", columns.Select(_ => "?"))})";
        return (rows, $"{into} ({string.Join(", ", columns)}) values {string.Join(", ", Enumerable.Repeat(row, rows))} {onConflict}");
    }
}
