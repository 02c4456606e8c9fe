using CogCommit.Core.Store;

namespace CogCommit.Core.Query;

/// <summary>Sessions, commit after commit from the earliest, the main one before its subagents.</summary>
public static class SessionReader
{
    /// <summary>Those that the filter names; of all commits that are shown when it names none. Of the turns it asks nothing.</summary>
    public static IEnumerable<Session> Read(StoreFile store, TurnFilter filter, CancellationToken ct = default)
    {
        var conditions = TurnConditions.OfSession(filter);
        return Rows.Stream(store, $"""
            select s.id, s.commit_id, s.agent_session_id, s.is_subagent, s.started_at, s.ended_at, (select count(*) from turns where session_id = s.id)
            from sessions s join cognitive_commits c on c.id = s.commit_id
            where {conditions.Sql} order by c.started_at, c.id, s.is_subagent, s.started_at, s.id
            """, conditions.Parameters, row => new Session
        {
            SessionId = row.GetString(0),
            CommitId = row.GetString(1),
            AgentSessionId = row.IsDBNull(2) ? null : row.GetString(2),
            IsSubagent = row.GetBoolean(3),
            StartedAt = Timestamps.Parse(row.GetString(4)),
            EndedAt = Timestamps.Parse(row.GetString(5)),
            TurnCount = row.GetInt32(6),
        }, ct);
    }

    /// <summary>The ids, of sessions or the agent's own, that are <paramref name="id"/>, else those that begin with it.</summary>
    public static IReadOnlyList<string> FindIds(StoreFile store, string id, int atMost) =>
        Find(store, "$column = $id", id, atMost) is { Count: > 0 } whole ? whole : Find(store, "$column >= $id and $column < $id || char(1114111)", id, atMost);

    private static List<string> Find(StoreFile store, string condition, string id, int atMost)
    {
        string Of(string column) => $"""
            select * from (select distinct {column} from sessions s join cognitive_commits c on c.id = s.commit_id
                           where {condition.Replace("$column", column, StringComparison.Ordinal)} and c.deleted_at is null limit $most)
            """;
        var found = Rows.Stream(store, $"{Of("s.id")} union {Of("s.agent_session_id")}", [("$id", id), ("$most", atMost)], row => row.GetString(0)).ToList();
        // The beginning of a session's id is that of its subagents' ids too; they are meant where it says so.
        return found.Exists(whole => !whole.Contains('/')) && !id.Contains('/') ? found.FindAll(whole => !whole.Contains('/')) : found;
    }
}
