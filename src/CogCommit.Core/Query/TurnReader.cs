using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Query;

/// <summary>Turns as they were told: commit after commit from the earliest, its main session before its subagents, each in its own order.</summary>
public static class TurnReader
{
    public static IEnumerable<Turn> Read(StoreFile store, TurnFilter filter, CancellationToken ct = default)
    {
        // One session after another, each by its index: sorting turns would hold all of their texts at once.
        var sessions = TurnConditions.OfSession(filter);
        var turns = new Conditions().Add("t.session_id = $session").In("t.id", "$turns", filter.TurnIds).OfRoleAndTool(filter.Roles, filter.Tools);
        using var connection = store.OpenReader();
        StoreConnection.Execute(connection, "begin");
        try
        {
            foreach (var (sessionId, commitId, isSubagent) in Rows.Stream(store, connection, $"""
                select s.id, s.commit_id, s.is_subagent from sessions s join cognitive_commits c on c.id = s.commit_id
                where {sessions.Sql} order by c.started_at, c.id, s.is_subagent, s.started_at, s.id
                """, sessions.Parameters, row => (row.GetString(0), row.GetString(1), row.GetBoolean(2)), ct))
            {
                foreach (var turn in Rows.Stream(store, connection, $"""
                    select t.id, t.ordinal, t.role, t.content, t.timestamp, t.model, t.tool_calls, t.interrupted,
                           case when json_valid(t.usage) then t.usage ->> '$.input_tokens' end,
                           case when json_valid(t.usage) then t.usage ->> '$.output_tokens' end
                    from turns t where {turns.Sql} order by t.ordinal, t.row
                    """, [.. turns.Parameters, ("$session", sessionId)], row => Of(row, sessionId, commitId, isSubagent), ct))
                {
                    yield return turn;
                }
            }
        }
        finally
        {
            StoreConnection.Execute(connection, "rollback");
        }
    }

    /// <summary>The id of the turn that is <paramref name="id"/>, else those that begin with it.</summary>
    public static IReadOnlyList<string> FindIds(StoreFile store, string id, int atMost)
    {
        var found = Rows.Stream(
            store,
            """
            select t.id from turns t cross join sessions s on s.id = t.session_id cross join cognitive_commits c on c.id = s.commit_id
            where t.id >= $id and t.id < $id || char(1114111) and c.deleted_at is null order by t.id limit $most
            """,
            [("$id", id), ("$most", atMost)], row => row.GetString(0)).ToList();
        // In order of the ids the whole one is the first of those that begin with it.
        return found is [var first, ..] && first == id ? [id] : found;
    }

    private static Turn Of(SqliteDataReader row, string sessionId, string commitId, bool isSubagent) => new()
    {
        TurnId = row.GetString(0),
        SessionId = sessionId,
        CommitId = commitId,
        Ordinal = row.GetInt32(1),
        Role = row.GetString(2),
        Content = row.IsDBNull(3) ? "" : row.GetString(3),
        Timestamp = Timestamps.Parse(row.GetString(4)),
        Model = row.IsDBNull(5) ? null : row.GetString(5),
        ToolCalls = row.IsDBNull(6) ? ToolCallList.Empty : ToolCallText.Read(row.GetString(6)),
        Interrupted = row.GetBoolean(7),
        IsSubagent = isSubagent,
        InputTokens = row.IsDBNull(8) ? null : row.GetInt64(8),
        OutputTokens = row.IsDBNull(9) ? null : row.GetInt64(9),
    };
}
