using CogCommit.Core.Rows;
using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Export;

/// <summary>
/// Commits with everything that hangs on them, each read in one view of the store: what another process writes meanwhile does not mix in.
/// One connection and its statements serve all of them; between two commits no view is held.
/// </summary>
internal sealed class CommitView(StoreFile store) : IDisposable
{
    private readonly PreparedConnection _prepared = new(store.OpenReader());
    private readonly string _visuals = store.Home.VisualsPath;
    private readonly string _fetched = store.Home.VisualCachePath;
    private SqliteTransaction? _view;

    /// <summary>What is read until it is disposed is as the store is now.</summary>
    public IDisposable Take() => _view = _prepared.Connection.BeginTransaction(deferred: true);

    public ExportedCommit? Commit(string id)
    {
        var command = Command($"""
            select {StoredRows.CommitColumns},
                   coalesce(m.name, (select t.name from this_machine t where t.machine_id = c.origin_machine_id)) as machine_name, p.remote_url
            from cognitive_commits c
            left join machines m on m.machine_id = c.origin_machine_id
            left join projects p on p.name = coalesce(c.project_set, c.project_name)
            where c.id = $id and c.deleted_at is null
            """, id);
        using var row = command.ExecuteReader();
        return row.Read()
            ? new ExportedCommit(StoredRows.Commit(row).Row, Text(row, "machine_name"), Text(row, "remote_url"))
            : null;
    }

    /// <summary>The people's sessions first, then those of subagents, each in order of time.</summary>
    public IReadOnlyList<SessionRow> Sessions(string commitId)
    {
        var command = Command(
            $"select {StoredRows.SessionColumns} from sessions s where s.commit_id = $id order by s.is_subagent, s.started_at, s.id", commitId);
        using var row = command.ExecuteReader();
        var sessions = new List<SessionRow>();
        while (row.Read())
        {
            sessions.Add(StoredRows.Session(row).Row);
        }

        return sessions;
    }

    public IEnumerable<TurnRow> Turns(string sessionId)
    {
        var command = Command($"select {StoredRows.TurnColumns} from turns t where t.session_id = $id order by t.ordinal, t.id", sessionId);
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            yield return StoredRows.Turn(row).Row;
        }
    }

    /// <summary>Streamed: each holds its picture.</summary>
    public IEnumerable<Picture> Visuals(string commitId) => Visuals(commitId, null);

    /// <summary>Those that belong to this turn.</summary>
    public IEnumerable<Picture> VisualsOfTurn(string commitId, string turnId) => Visuals(commitId, turnId);

    /// <summary>The ids of a commit's turns that pictures belong to.</summary>
    public IReadOnlySet<string> TurnsWithVisuals(string commitId)
    {
        var command = Command("""
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

    public void Dispose() => _prepared.Dispose();

    private IEnumerable<Picture> Visuals(string commitId, string? turnId)
    {
        var command = Command($"""
            select {StoredRows.VisualColumns} from visuals v
            where v.commit_id = $id and ($turn is null or v.turn_id = $turn) and v.deleted_at is null order by v.captured_at, v.id
            """, commitId).With("$turn", turnId);
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            var visual = StoredRows.Visual(row).Row;
            yield return new Picture(visual, visual.ContentHash is { } hash ? VisualFiles.Read(_visuals, hash) ?? VisualFiles.Read(_fetched, hash) : null);
        }
    }

    private SqliteCommand Command(string sql, string id)
    {
        var command = _prepared.Prepare(sql);
        command.Transaction = _view;
        return command.With("$id", id);
    }

    private static string? Text(SqliteDataReader row, string column) => row[column] as string;
}
