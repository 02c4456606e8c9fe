using CogCommit.Core.Export.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Export.Writing;

internal static class TurnSql
{
    public static void Insert(WriteTransaction transaction, TurnRow row) => transaction.Execute(
        """
        insert into turns (id, session_id, ordinal, role, content, timestamp, model, tool_calls, interrupted, usage, triggers_visual, bytes,
          rev, hash, change_seq)
        values ($id, $session_id, $ordinal, $role, $content, $timestamp, $model, $tool_calls, $interrupted, $usage, $triggers_visual, $bytes,
          $rev, $hash, $change)
        """,
        Values(transaction, row));

    public static void Update(WriteTransaction transaction, TurnRow row) => transaction.Execute(
        """
        update turns set session_id = $session_id, ordinal = $ordinal, role = $role, content = $content, timestamp = $timestamp,
          model = $model, tool_calls = $tool_calls, interrupted = $interrupted, usage = $usage, triggers_visual = $triggers_visual,
          bytes = $bytes, rev = $rev, hash = $hash, change_seq = $change, push_state = null, push_error = null
        where id = $id
        """,
        Values(transaction, row));

    public static string? CommitOf(WriteTransaction transaction, string turnId) =>
        transaction.Prepare("select s.commit_id from turns t join sessions s on s.id = t.session_id where t.id = $id")
            .With(("$id", turnId)).ExecuteScalar() as string;

    private static (string, object?)[] Values(WriteTransaction transaction, TurnRow row) =>
    [
        ("$id", row.Id), ("$session_id", row.SessionId), ("$ordinal", row.Ordinal), ("$role", row.Role), ("$content", row.Content),
        ("$timestamp", row.Timestamp), ("$model", row.Model), ("$tool_calls", row.ToolCalls), ("$interrupted", row.Interrupted),
        ("$usage", row.Usage), ("$triggers_visual", row.TriggersVisual), ("$bytes", ExportWriter.TurnBytes(row)), ("$rev", row.Rev),
        ("$hash", row.Hash), ("$change", transaction.NextChange()),
    ];
}
