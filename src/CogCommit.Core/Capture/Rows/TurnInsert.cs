using CogCommit.Core.Store;

namespace CogCommit.Core.Capture.Rows;

/// <summary>The statement that writes turns, of as many as there are: a few sizes of it are prepared.</summary>
internal static class TurnInsert
{
    /// <summary>As many as one statement takes.</summary>
    public const int Most = 16;

    private static readonly string[] Columns =
    [
        "id", "session_id", "ordinal", "role", "content", "timestamp", "model", "tool_calls", "interrupted", "usage", "triggers_visual", "bytes", "rev", "hash",
        "change_seq",
    ];

    private static readonly (int Rows, string Sql)[] Statements = [Of(Most), Of(4), Of(1)];

    /// <param name="transaction">Where they come.</param>
    /// <param name="rows">Of each turn its values, in the order of <see cref="Columns"/>.</param>
    public static void Run(WriteTransaction transaction, IReadOnlyList<object?[]> rows)
    {
        var done = 0;
        foreach (var (count, sql) in Statements)
        {
            for (; rows.Count - done >= count; done += count)
            {
                var statement = transaction.PrepareByPlace(sql);
                for (var i = 0; i < count * Columns.Length; i++)
                {
                    statement.Bind(i + 1, rows[done + (i / Columns.Length)][i % Columns.Length]);
                }

                statement.Run();
            }
        }
    }

    private static (int Rows, string Sql) Of(int rows)
    {
        var values = Enumerable.Repeat($"({string.Join(", ", Columns.Select(_ => "?"))})", rows);
        return (rows, $"""
            insert into turns ({string.Join(", ", Columns)})
            values {string.Join(", ", values)}
            on conflict (id) do update set {string.Join(", ", Columns[1..].Select(column => $"{column} = excluded.{column}"))},
              -- The cloud has it where it was: it has to leave there, also if the commit it came to is deleted before that is told.
              push_state = case when turns.pushed_seq > 0 and turns.session_id <> excluded.session_id then 'elsewhere' else turns.push_state end
            """);
    }
}
