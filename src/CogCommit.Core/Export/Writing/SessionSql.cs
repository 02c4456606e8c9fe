using CogCommit.Core.Export.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Export.Writing;

internal static class SessionSql
{
    public static void Insert(WriteTransaction transaction, SessionRow row) => transaction.Execute(
        """
        insert into sessions (id, commit_id, agent_session_id, is_subagent, started_at, ended_at, rev, hash, change_seq)
        values ($id, $commit_id, $agent_session_id, $is_subagent, $started_at, $ended_at, $rev, $hash, $change)
        """,
        Values(transaction, row));

    public static void Update(WriteTransaction transaction, SessionRow row) => transaction.Execute(
        """
        update sessions set commit_id = $commit_id, agent_session_id = $agent_session_id, is_subagent = $is_subagent,
          started_at = $started_at, ended_at = $ended_at, rev = $rev, hash = $hash, change_seq = $change, push_state = null, push_error = null
        where id = $id
        """,
        Values(transaction, row));

    public static string? CommitOf(WriteTransaction transaction, string sessionId) =>
        transaction.Prepare("select commit_id from sessions where id = $id").With(("$id", sessionId)).ExecuteScalar() as string;

    private static (string, object?)[] Values(WriteTransaction transaction, SessionRow row) =>
    [
        ("$id", row.Id), ("$commit_id", row.CommitId), ("$agent_session_id", row.AgentSessionId), ("$is_subagent", row.IsSubagent),
        ("$started_at", row.StartedAt), ("$ended_at", row.EndedAt), ("$rev", row.Rev), ("$hash", row.Hash), ("$change", transaction.NextChange()),
    ];
}
