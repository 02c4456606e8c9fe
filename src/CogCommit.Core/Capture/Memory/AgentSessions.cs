using CogCommit.Core.Capture.Fold;
using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Capture.Memory;

/// <summary>The table of agent sessions.</summary>
internal sealed class AgentSessions(WriteTransaction transaction)
{
    private const string Columns = "row, agent_session_id, parent, source, project_name, cwd, started_at, records, replayed, state";

    public AgentSession? Find(string key) => One($"select {Columns} from agent_sessions where agent_session_id = $v", key);

    public AgentSession Get(long row) =>
        One($"select {Columns} from agent_sessions where row = $v", row) ?? throw new InvalidOperationException($"Agent session {row} is gone.");

    public List<AgentSession> Subagents(long parent)
    {
        var found = new List<AgentSession>();
        using var reader = transaction.Prepare($"select {Columns} from agent_sessions where parent = $v order by agent_session_id").With("$v", parent).ExecuteReader();
        while (reader.Read())
        {
            found.Add(Read(reader));
        }

        return found;
    }

    public AgentSession Add(string key, string source, long? parent, DateTimeOffset startedAt)
    {
        transaction.Execute("insert into agent_sessions (agent_session_id, parent, source, started_at) values ($key, $parent, $source, $started)",
            ("$key", key), ("$parent", parent), ("$source", source), ("$started", startedAt));
        return Find(key)!;
    }

    /// <summary>Forgets what was folded, since the transcript is read from the start. The project and the user's boundaries stay.</summary>
    public void Clear(long row)
    {
        foreach (var table in (string[])["turns", "messages", "calls", "records", "closings", "agents", "commits"])
        {
            transaction.Execute($"delete from captured_{table} where session = $row", ("$row", row));
        }

        transaction.Execute("update agent_sessions set state = '{}', records = 0, replayed = 0 where row = $row", ("$row", row));
    }

    /// <summary>The same for the subagents whose records stand in the file of their main session.</summary>
    public void ClearWithin(long main)
    {
        foreach (var subagent in Subagents(main).Where(subagent => !HasFile(subagent.Key)))
        {
            Clear(subagent.Row);
        }
    }

    private bool HasFile(string key) => transaction.Prepare("select 1 from transcripts where agent_session_id = $key").With("$key", key).ExecuteScalar() is not null;

    public void Save(long row, FoldState state) => transaction.Execute("""
        update agent_sessions set state = $state, records = $records, cwd = $cwd,
          first_at = (select min(timestamp) from captured_turns where session = $row),
          last_at = (select max(timestamp) from captured_turns where session = $row)
        where row = $row
        """, ("$row", row), ("$state", state.ToJson()), ("$records", state.Records), ("$cwd", state.Cwd));

    public void SetProject(long row, string? project) =>
        transaction.Execute("update agent_sessions set project_name = $p where row = $row", ("$row", row), ("$p", project));

    public void SetReplayed(long row, int replayed) =>
        transaction.Execute("update agent_sessions set replayed = $n where row = $row", ("$row", row), ("$n", replayed));

    private AgentSession? One(string sql, object value)
    {
        using var reader = transaction.Prepare(sql).With("$v", value).ExecuteReader();
        return reader.Read() ? Read(reader) : null;
    }

    private static AgentSession Read(SqliteDataReader reader) => new()
    {
        Row = reader.GetInt64(0),
        Key = reader.GetString(1),
        Parent = reader.IsDBNull(2) ? null : reader.GetInt64(2),
        Source = reader.GetString(3),
        ProjectName = reader.IsDBNull(4) ? null : reader.GetString(4),
        Cwd = reader.IsDBNull(5) ? null : reader.GetString(5),
        StartedAt = Timestamps.Parse(reader.GetString(6)),
        Records = reader.GetInt64(7),
        Replayed = reader.GetInt32(8),
        State = reader.GetString(9),
    };
}
