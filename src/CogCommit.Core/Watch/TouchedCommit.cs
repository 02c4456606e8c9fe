using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Watch;

/// <summary>What events say of a commit.</summary>
internal sealed record TouchedCommit(string Id, string? AgentSessionId, string? Project, string Title, string? GitHash, string StartedAt)
{
    /// <summary>Null when it is gone.</summary>
    public static TouchedCommit? Read(SqliteConnection connection, string id)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"select c.id, c.agent_session_id, {CommitColumns.Project}, {CommitColumns.Title}, c.git_hash, c.started_at from cognitive_commits c where c.id = $id";
        using var row = command.With("$id", id).ExecuteReader();
        return row.Read()
            ? new TouchedCommit(row.GetString(0), Text(row, 1), Text(row, 2), row.GetString(3), Text(row, 4), row.GetString(5))
            : null;
    }

    /// <summary>The project of an agent session, or null.</summary>
    public static string? ProjectOf(SqliteConnection connection, string agentSessionId)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select project_name from agent_sessions where agent_session_id = $key";
        return command.With("$key", agentSessionId).ExecuteScalar() as string;
    }

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
