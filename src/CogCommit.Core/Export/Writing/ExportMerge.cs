using CogCommit.Core.Export.Reading;
using CogCommit.Core.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Export.Writing;

/// <summary>
/// What becomes of one row of an export: it is new here, or greater than what is here, or it changes nothing
/// (<see cref="Merge"/>). What is written waits for the next push.
/// </summary>
internal sealed class ExportMerge(string visualsFolder)
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
        var writing = new RowWriting(transaction, clean: false);
        switch (row)
        {
            case ExportRow.Machine machine:
                writing.Machine(machine.Row);
                break;
            case ExportRow.Project project:
                writing.Project(project.Row);
                break;
            case ExportRow.Commit commit:
                EndCommit(transaction);
                Commit(transaction, writing, commit.Row);
                break;
            case ExportRow.Session session when !_commitIsDeleted:
                Session(transaction, writing, session.Row);
                break;
            case ExportRow.Turn turn when !_commitIsDeleted:
                Turn(transaction, writing, turn.Row);
                break;
            case ExportRow.Visual visual when !_commitIsDeleted:
                Visual(transaction, writing, visual.Picture);
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

    private void Commit(WriteTransaction transaction, RowWriting writing, CommitRow row)
    {
        _commit = row.Id;
        // Somebody gives us this very file: that lifts the mark that pruning left.
        transaction.Execute("delete from pruned_commits where commit_id = $id", ("$id", row.Id));
        var here = StoredRows.FindCommit(transaction, row.Id)?.Row;
        _commitIsNew = here is null;
        // Of the same row what is here stays, so that importing twice changes nothing.
        var captured = here is null ? row.Captured! : Merge.Captured(here.Captured!, row.Captured!);
        var curated = here is null ? row.Curated! : Merge.Curated(here.Curated!, row.Curated!);
        _commitIsDeleted = curated.DeletedAt is not null;
        if (here is not null && captured == here.Captured && curated == here.Curated)
        {
            return;
        }

        writing.Commit(row.Id, captured, curated);
        transaction.Execute(
            "update cognitive_commits set change_seq = $change, push_state = null, push_error = null where id = $id",
            ("$id", row.Id), ("$change", transaction.NextChange()));
        CommitsNew += _commitIsNew ? 1 : 0;
        Changed(row.Id);
    }

    private void Session(WriteTransaction transaction, RowWriting writing, SessionRow row)
    {
        if (row.IsSubagent)
        {
            _subagentSessions.Add(row.Id);
        }

        if (StoredRows.FindSession(transaction, row.Id) is not { } here)
        {
            _newSessions.Add(row.Id);
        }
        else if (Merge.CompareCaptured(row.Rev, row.Hash, here.Rev, here.Hash) > 0)
        {
            Changed(here.Parent);
        }
        else
        {
            return;
        }

        writing.Session(row);
        Changed(row.CommitId);
    }

    private void Turn(WriteTransaction transaction, RowWriting writing, TurnRow row)
    {
        if (StoredRows.FindTurn(transaction, row.Id) is not { } here)
        {
            TurnsNew++;
            PromptsNew += row.Role == "user" && !_subagentSessions.Contains(row.SessionId) ? 1 : 0;
        }
        else if (Merge.CompareCaptured(row.Rev, row.Hash, here.Rev, here.Hash) > 0)
        {
            Changed(StoredRows.CommitOfSession(transaction, here.Parent));
        }
        else
        {
            return;
        }

        writing.Turn(row);
        Changed(_commit);
    }

    private void Visual(WriteTransaction transaction, RowWriting writing, Picture picture)
    {
        var row = picture.Row;
        var path = picture.Data is { } data && row.ContentHash is { } hash ? VisualFiles.Write(visualsFolder, hash, data) : null;
        if (StoredRows.FindVisual(transaction, row.Id) is { } here && Merge.CompareVisuals(row, here.Row) <= 0)
        {
            return;
        }

        writing.Visual(row, path);
        Changed(_commit);
    }

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
