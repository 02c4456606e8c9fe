using CogCommit.Core.Store;

namespace CogCommit.Core.Capture.Rows;

/// <summary>The statement that writes turns.</summary>
internal static class TurnInsert
{
    private static readonly string[] Columns =
    [
        "id", "session_id", "ordinal", "role", "content", "timestamp", "model", "tool_calls", "interrupted", "usage", "triggers_visual", "bytes", "rev", "hash",
        "change_seq",
    ];

    /// <summary>Of each turn its values, in the order of the columns above.</summary>
    public static RowsInsert Statement { get; } = new("insert into turns", Columns, $"""
        on conflict (id) do update set {RowsInsert.Overwrite(Columns[1..])},
          -- The cloud has it where it was: it has to leave there, also if the commit it came to is deleted before that is told.
          push_state = case when turns.pushed_seq > 0 and turns.session_id <> excluded.session_id then 'elsewhere' else turns.push_state end
        """);
}
