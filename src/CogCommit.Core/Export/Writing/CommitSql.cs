using CogCommit.Core.Export.Reading;
using CogCommit.Core.Store;

namespace CogCommit.Core.Export.Writing;

internal static class CommitSql
{
    private const string Sent = "change_seq = $change, push_state = null, push_error = null";

    public static void Insert(WriteTransaction transaction, ExportRow.Commit row) => transaction.Execute(
        """
        insert into cognitive_commits (id, agent_session_id, source, project_name, branch, git_hash, git_hashes, git_subject, started_at,
          closed_at, closed_by, closed_after, parallel, files_read, files_changed, derived_title, origin_machine_id, rev, hash,
          title, title_set, project_set, published, hidden, display_order, version, updated_at, curated_hash, change_seq)
        values ($id, $agent_session_id, $source, $project_name, $branch, $git_hash, $git_hashes, $git_subject, $started_at,
          $closed_at, $closed_by, $closed_after, $parallel, $files_read, $files_changed, $derived_title, $machine, $rev, $hash,
          $title, $title_set, $project_set, $published, $hidden, $display_order, $version, $updated_at, $curated_hash, $change)
        """,
        [.. Captured(transaction, row), .. Curated(row)]);

    public static void UpdateCaptured(WriteTransaction transaction, ExportRow.Commit row) => transaction.Execute(
        $"""
        update cognitive_commits set agent_session_id = $agent_session_id, source = $source, project_name = $project_name, branch = $branch,
          git_hash = $git_hash, git_hashes = $git_hashes, git_subject = $git_subject, started_at = $started_at, closed_at = $closed_at,
          closed_by = $closed_by, closed_after = $closed_after, parallel = max(parallel, $parallel), files_read = $files_read,
          files_changed = $files_changed, derived_title = $derived_title, origin_machine_id = $machine, rev = $rev, hash = $hash, {Sent}
        where id = $id
        """,
        Captured(transaction, row));

    public static void UpdateCurated(WriteTransaction transaction, ExportRow.Commit row) => transaction.Execute(
        $"""
        update cognitive_commits set title = $title, title_set = $title_set, project_set = $project_set, published = $published,
          hidden = $hidden, display_order = $display_order, deleted_at = null, version = $version, updated_at = $updated_at,
          curated_hash = $curated_hash, {Sent}
        where id = $id
        """,
        [("$id", row.Id), ("$change", transaction.NextChange()), .. Curated(row)]);

    /// <summary>Whoever saw another session at work saw it, whichever row wins.</summary>
    public static bool JoinParallel(WriteTransaction transaction, ExportRow.Commit row)
    {
        if (!row.Captured.Parallel ||
            transaction.Prepare("select parallel from cognitive_commits where id = $id").With(("$id", row.Id)).ExecuteScalar() is not 0L)
        {
            return false;
        }

        transaction.Execute($"update cognitive_commits set parallel = 1, {Sent} where id = $id", ("$id", row.Id), ("$change", transaction.NextChange()));
        return true;
    }

    private static (string, object?)[] Captured(WriteTransaction transaction, ExportRow.Commit row)
    {
        var captured = row.Captured;
        return
        [
            ("$id", row.Id), ("$agent_session_id", captured.AgentSessionId), ("$source", captured.Source), ("$project_name", captured.Project),
            ("$branch", captured.Branch), ("$git_hash", captured.GitHash), ("$git_hashes", captured.GitHashes), ("$git_subject", captured.GitSubject),
            ("$started_at", captured.StartedAt), ("$closed_at", captured.ClosedAt), ("$closed_by", captured.ClosedBy),
            ("$closed_after", captured.ClosedAfter), ("$parallel", captured.Parallel), ("$files_read", captured.FilesRead),
            ("$files_changed", captured.FilesChanged), ("$derived_title", captured.DerivedTitle), ("$machine", captured.MachineId),
            ("$rev", captured.Rev), ("$hash", captured.Hash), ("$change", transaction.NextChange()),
        ];
    }

    private static (string, object?)[] Curated(ExportRow.Commit row)
    {
        var curated = row.Curated;
        return
        [
            ("$title", curated.Title), ("$title_set", curated.TitleSet), ("$project_set", curated.Project), ("$published", curated.Published),
            ("$hidden", curated.Hidden), ("$display_order", curated.DisplayOrder), ("$version", curated.Version),
            ("$updated_at", curated.UpdatedAt), ("$curated_hash", curated.Hash),
        ];
    }
}
