using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Export.Rows;

/// <summary>
/// One commit with everything that hangs on it, read in one view of the store: what another process writes meanwhile does not mix in.
/// </summary>
internal sealed class RowReader : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _view;
    private readonly string _visuals;

    public RowReader(StoreFile store)
    {
        _visuals = store.Home.VisualsPath;
        _connection = store.OpenReader();
        _view = _connection.BeginTransaction(deferred: true);
    }

    public CommitRow? Commit(string id)
    {
        using var command = Command("""
            select c.source, c.agent_session_id, c.project_name, c.branch, c.git_hash, c.git_hashes, c.git_subject, c.started_at,
                   c.closed_at, c.closed_by, c.closed_after, c.parallel, c.files_read, c.files_changed, c.derived_title,
                   c.origin_machine_id, c.rev, c.hash,
                   c.title, c.title_set, c.project_set, c.published, c.hidden, c.display_order, c.version, c.updated_at, c.curated_hash,
                   coalesce(m.name, (select t.name from this_machine t where t.machine_id = c.origin_machine_id)), p.remote_url
            from cognitive_commits c
            left join machines m on m.machine_id = c.origin_machine_id
            left join projects p on p.name = coalesce(c.project_set, c.project_name)
            where c.id = $id and c.deleted_at is null
            """, id);
        using var row = command.ExecuteReader();
        return !row.Read() ? null : new CommitRow
        {
            Id = id,
            Captured = new CapturedRow
            {
                Source = row.GetString(0),
                AgentSessionId = Text(row, 1),
                Project = Text(row, 2),
                Branch = Text(row, 3),
                GitHash = Text(row, 4),
                GitHashes = row.GetString(5),
                GitSubject = Text(row, 6),
                StartedAt = row.GetString(7),
                ClosedAt = row.GetString(8),
                ClosedBy = row.GetString(9),
                ClosedAfter = Text(row, 10),
                Parallel = row.GetBoolean(11),
                FilesRead = row.GetString(12),
                FilesChanged = row.GetString(13),
                DerivedTitle = row.GetString(14),
                MachineId = Text(row, 15),
                Rev = row.GetString(16),
                Hash = Text(row, 17),
            },
            Curated = new CuratedRow
            {
                Title = Text(row, 18),
                TitleSet = row.GetBoolean(19),
                Project = Text(row, 20),
                Published = row.GetBoolean(21),
                Hidden = row.GetBoolean(22),
                DisplayOrder = row.GetInt64(23),
                Version = row.GetInt64(24),
                UpdatedAt = row.GetString(25),
                Hash = Text(row, 26),
            },
            MachineName = Text(row, 27),
            ProjectUrl = Text(row, 28),
        };
    }

    /// <summary>The people's sessions first, then those of subagents, each in order of time.</summary>
    public IReadOnlyList<SessionRow> Sessions(string commitId)
    {
        using var command = Command("""
            select id, agent_session_id, is_subagent, started_at, ended_at, rev, hash
            from sessions where commit_id = $id order by is_subagent, started_at, id
            """, commitId);
        using var row = command.ExecuteReader();
        var sessions = new List<SessionRow>();
        while (row.Read())
        {
            sessions.Add(new SessionRow
            {
                Id = row.GetString(0),
                CommitId = commitId,
                AgentSessionId = Text(row, 1),
                IsSubagent = row.GetBoolean(2),
                StartedAt = row.GetString(3),
                EndedAt = row.GetString(4),
                Rev = row.GetString(5),
                Hash = Text(row, 6),
            });
        }

        return sessions;
    }

    public IEnumerable<TurnRow> Turns(string sessionId)
    {
        using var command = Command("""
            select id, ordinal, role, content, timestamp, model, tool_calls, interrupted, usage, triggers_visual, rev, hash
            from turns where session_id = $id order by ordinal, id
            """, sessionId);
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            yield return new TurnRow
            {
                Id = row.GetString(0),
                SessionId = sessionId,
                Ordinal = row.GetInt64(1),
                Role = row.GetString(2),
                Content = Text(row, 3),
                Timestamp = row.GetString(4),
                Model = Text(row, 5),
                ToolCalls = Text(row, 6),
                Interrupted = row.GetBoolean(7),
                Usage = Text(row, 8),
                TriggersVisual = row.GetBoolean(9),
                Rev = row.GetString(10),
                Hash = Text(row, 11),
            };
        }
    }

    /// <summary>Streamed: each holds its picture.</summary>
    public IEnumerable<VisualRow> Visuals(string commitId) => Visuals(commitId, null);

    /// <summary>Those that belong to this turn.</summary>
    public IEnumerable<VisualRow> VisualsOfTurn(string commitId, string turnId) => Visuals(commitId, turnId);

    /// <summary>The ids of a commit's turns that pictures belong to.</summary>
    public IReadOnlySet<string> TurnsWithVisuals(string commitId)
    {
        using var command = Command("""
            select distinct v.turn_id from visuals v join turns t on t.id = v.turn_id join sessions s on s.id = t.session_id
            where v.commit_id = $id and s.commit_id = $id and v.deleted_at is null
            """, commitId);
        using var row = command.ExecuteReader();
        var turns = new HashSet<string>();
        while (row.Read())
        {
            turns.Add(row.GetString(0));
        }

        return turns;
    }

    private IEnumerable<VisualRow> Visuals(string commitId, string? turnId)
    {
        using var command = Command("""
            select id, turn_id, type, mime, content_hash, byte_size, captured_at, caption, rev, hash, version, updated_at, commit_id
            from visuals where commit_id = $id and ($turn is null or turn_id = $turn) and deleted_at is null order by captured_at, id
            """, commitId).With("$turn", turnId);
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            yield return new VisualRow
            {
                Id = row.GetString(0),
                CommitId = row.GetString(12),
                TurnId = Text(row, 1),
                Type = row.GetString(2),
                Mime = Text(row, 3),
                ContentHash = Text(row, 4),
                ByteSize = row.GetInt64(5),
                CapturedAt = row.GetString(6),
                Caption = Text(row, 7),
                Rev = row.GetString(8),
                Hash = Text(row, 9),
                Version = row.GetInt64(10),
                UpdatedAt = Text(row, 11),
                Data = Text(row, 4) is { } hash ? VisualFiles.Read(_visuals, hash) : null,
            };
        }
    }

    public void Dispose()
    {
        _view.Dispose();
        _connection.Dispose();
    }

    private SqliteCommand Command(string sql, string id)
    {
        var command = _connection.CreateCommand();
        command.Transaction = _view;
        command.CommandText = sql;
        command.Parameters.AddWithValue("$id", id);
        return command;
    }

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
