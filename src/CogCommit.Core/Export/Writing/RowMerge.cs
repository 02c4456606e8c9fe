using CogCommit.Core.Export.Reading;
using CogCommit.Core.Export.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Export.Writing;

/// <summary>
/// What becomes of one row of an export: it is new here, or greater than what is here, or it changes nothing. SQLite compares
/// (rev, hash) as bytes, as the cloud does.
/// </summary>
internal sealed class RowMerge(string visualsFolder)
{
    private readonly HashSet<string> _touched = [];
    private readonly HashSet<string> _updated = [];
    private readonly HashSet<string> _newSessions = [];
    private readonly HashSet<string> _subagentSessions = [];
    private string? _commit;
    private bool _commitIsNew;
    private bool _commitIsDeleted;

    public int CommitsNew { get; private set; }

    public int CommitsUpdated => _updated.Count;

    public int TurnsNew { get; private set; }

    public int PromptsNew { get; private set; }

    public void Apply(WriteTransaction transaction, ExportRow row)
    {
        switch (row)
        {
            case ExportRow.Machine machine:
                transaction.Execute(
                    "insert into machines (machine_id, name) values ($id, $name) on conflict do nothing",
                    ("$id", machine.MachineId), ("$name", machine.Name));
                break;
            case ExportRow.Project project:
                transaction.Execute(
                    """
                    insert into projects (name, remote_url) values ($name, $url)
                    on conflict do update set remote_url = excluded.remote_url where projects.remote_url is null and excluded.remote_url is not null
                    """,
                    ("$name", project.Name), ("$url", project.RemoteUrl));
                break;
            case ExportRow.Commit commit:
                EndCommit(transaction);
                Commit(transaction, commit);
                break;
            case ExportRow.Session session when !_commitIsDeleted:
                Session(transaction, session.Row);
                break;
            case ExportRow.Turn turn when !_commitIsDeleted:
                Turn(transaction, turn.Row);
                break;
            case ExportRow.Visual visual when !_commitIsDeleted:
                Visual(transaction, visual.Row);
                break;
            default:
                break;
        }
    }

    public void RefreshTotals(WriteTransaction transaction)
    {
        transaction.RefreshTotals(_touched);
        _touched.Clear();
    }

    /// <summary>
    /// An export may be older than what is here: its last commit may have been cut anew since, and its turns belong to others. Then
    /// what it would leave behind is empty, and goes.
    /// </summary>
    public void EndCommit(WriteTransaction transaction)
    {
        foreach (var session in _newSessions)
        {
            transaction.Execute("delete from sessions where id = $id and not exists (select 1 from turns where session_id = $id)", ("$id", session));
        }

        if (_commitIsNew && _newSessions.Count > 0 &&
            transaction.Execute("delete from cognitive_commits where id = $id and not exists (select 1 from sessions where commit_id = $id)", ("$id", _commit)) > 0)
        {
            CommitsNew--;
        }

        if (_newSessions.Count > 0)
        {
            transaction.RefreshTotals([_commit!]);
        }

        _newSessions.Clear();
        _subagentSessions.Clear();
        _commitIsNew = false;
    }

    private void Commit(WriteTransaction transaction, ExportRow.Commit row)
    {
        _commit = row.Id;
        // Somebody gives us this very file: that lifts the mark that pruning left.
        transaction.Execute("delete from pruned_commits where commit_id = $id", ("$id", row.Id));
        var (capturedWins, curatedWins, deleted) = Compare(transaction, row);
        _commitIsNew = capturedWins is null;
        if (_commitIsNew)
        {
            CommitSql.Insert(transaction, row);
            CommitsNew++;
            _touched.Add(row.Id);
        }
        else
        {
            if (capturedWins == true)
            {
                CommitSql.UpdateCaptured(transaction, row);
                Changed(row.Id);
            }

            if (curatedWins)
            {
                CommitSql.UpdateCurated(transaction, row);
                Changed(row.Id);
            }

            if (CommitSql.JoinParallel(transaction, row))
            {
                Changed(row.Id);
            }
        }

        _commitIsDeleted = deleted && !curatedWins;
    }

    private static (bool? CapturedWins, bool CuratedWins, bool Deleted) Compare(WriteTransaction transaction, ExportRow.Commit row)
    {
        using var found = transaction.Prepare("""
            select (rev, coalesce(hash, '')) < ($rev, $hash),
                   (version, updated_at, coalesce(curated_hash, '')) < ($version, $updated_at, $curated_hash),
                   deleted_at is not null
            from cognitive_commits where id = $id
            """).With(
            ("$id", row.Id), ("$rev", row.Captured.Rev), ("$hash", row.Captured.Hash ?? ""),
            ("$version", row.Curated.Version), ("$updated_at", row.Curated.UpdatedAt), ("$curated_hash", row.Curated.Hash ?? "")).ExecuteReader();
        return found.Read() ? (found.GetBoolean(0), found.GetBoolean(1), found.GetBoolean(2)) : (null, false, false);
    }

    private void Session(WriteTransaction transaction, SessionRow row)
    {
        if (row.IsSubagent)
        {
            _subagentSessions.Add(row.Id);
        }

        switch (Wins(transaction, "sessions", row.Id, row.Rev, row.Hash))
        {
            case null:
                SessionSql.Insert(transaction, row);
                _newSessions.Add(row.Id);
                Changed(row.CommitId);
                break;
            case true:
                Changed(SessionSql.CommitOf(transaction, row.Id));
                SessionSql.Update(transaction, row);
                Changed(row.CommitId);
                break;
            default:
                break;
        }
    }

    private void Turn(WriteTransaction transaction, TurnRow row)
    {
        switch (Wins(transaction, "turns", row.Id, row.Rev, row.Hash))
        {
            case null:
                TurnSql.Insert(transaction, row);
                TurnsNew++;
                PromptsNew += row.Role == "user" && !_subagentSessions.Contains(row.SessionId) ? 1 : 0;
                Changed(_commit);
                break;
            case true:
                Changed(TurnSql.CommitOf(transaction, row.Id));
                TurnSql.Update(transaction, row);
                Changed(_commit);
                break;
            default:
                break;
        }
    }

    private void Visual(WriteTransaction transaction, VisualRow row)
    {
        var path = row is { Data: { } data, ContentHash: { } hash } ? VisualFiles.Write(visualsFolder, hash, data) : null;
        switch (VisualSql.Wins(transaction, row))
        {
            case null:
                VisualSql.Insert(transaction, row, path);
                Changed(_commit);
                break;
            case true:
                VisualSql.Update(transaction, row, path);
                Changed(_commit);
                break;
            default:
                break;
        }
    }

    /// <summary>Null when the row is not here.</summary>
    private static bool? Wins(WriteTransaction transaction, string table, string id, string rev, string? hash) =>
        transaction.Prepare($"select (rev, coalesce(hash, '')) < ($rev, $hash) from {table} where id = $id")
            .With(("$id", id), ("$rev", rev), ("$hash", hash ?? "")).ExecuteScalar() is long wins ? wins == 1 : null;

    private void Changed(string? commitId)
    {
        if (commitId is null)
        {
            return;
        }

        _touched.Add(commitId);
        if (commitId != _commit || !_commitIsNew)
        {
            _updated.Add(commitId);
        }
    }
}
