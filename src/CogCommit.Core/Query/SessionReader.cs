using CogCommit.Core.Store;

namespace CogCommit.Core.Query;

/// <summary>Sessions, commit after commit from the earliest, the main one before its subagents.</summary>
public static class SessionReader
{
    /// <summary>Whether there is a session of this id, or of this id of the agent's.</summary>
    public static bool Exists(StoreFile store, string id)
    {
        ArgumentNullException.ThrowIfNull(store);
        using var reader = store.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = "select exists (select 1 from sessions where id = $id) or exists (select 1 from sessions where agent_session_id = $id)";
        return (long)command.With("$id", id).ExecuteScalar()! != 0;
    }

    /// <summary>Those of the commits; of all commits that are shown when none is named.</summary>
    public static IEnumerable<Session> Read(StoreFile store, IReadOnlyList<string> commitIds, CancellationToken ct = default)
    {
        var conditions = new Conditions().Visible(commitIds.Count > 0 ? Visibility.All : Visibility.Shown).In("s.commit_id", "$commits", commitIds);
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
}
