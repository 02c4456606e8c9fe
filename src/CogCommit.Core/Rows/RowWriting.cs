using CogCommit.Core.Store;

namespace CogCommit.Core.Rows;

/// <summary>
/// Writes rows that came from elsewhere into the store, as they are: that they win was decided before (<see cref="Merge"/>).
/// </summary>
/// <param name="transaction">The transaction they are written in.</param>
/// <param name="clean">True when the cloud has them so. Else they wait for a push, as any change of this machine.</param>
internal sealed class RowWriting(WriteTransaction transaction, bool clean)
{
    private const string Changed = """
        change_seq = $change, pushed_seq = case when $clean then $change else pushed_seq end, push_state = null, push_error = null
        """;

    /// <summary>Both halves. How the commit stands to the cloud is left to the caller: its halves are confirmed apart.</summary>
    public void Commit(string id, CapturedFields captured, CuratedFields curated)
    {
        transaction.Execute(
            """
            insert into cognitive_commits (id, agent_session_id, source, project_name, branch, git_hash, git_hashes, git_subject, started_at, closed_at,
              closed_by, closed_after, parallel, files_read, files_changed, derived_title, origin_machine_id, rev, hash, updated_at)
            values ($id, $session, $source, $project, $branch, $git, $gits, $subject, $started, $closed,
              $by, $after, $parallel, $read, $changed, $title, $machine, $rev, $hash, $updated)
            on conflict (id) do update set agent_session_id = $session, source = $source, project_name = $project, branch = $branch,
              git_hash = $git, git_hashes = $gits, git_subject = $subject, started_at = $started, closed_at = $closed, closed_by = $by,
              closed_after = $after, parallel = $parallel, files_read = $read, files_changed = $changed, derived_title = $title,
              origin_machine_id = $machine, rev = $rev, hash = $hash
            """,
            ("$id", id), ("$session", captured.AgentSessionId), ("$source", captured.Source), ("$project", captured.Project),
            ("$branch", captured.Branch), ("$git", captured.GitHash), ("$gits", captured.GitHashes), ("$subject", captured.GitSubject),
            ("$started", captured.StartedAt), ("$closed", captured.ClosedAt), ("$by", captured.ClosedBy), ("$after", captured.ClosedAfter),
            ("$parallel", captured.Parallel), ("$read", captured.FilesRead), ("$changed", captured.FilesChanged), ("$title", captured.DerivedTitle),
            ("$machine", captured.MachineId), ("$rev", captured.Rev), ("$hash", captured.Hash), ("$updated", curated.UpdatedAt));
        Curated(id, curated);
    }

    /// <summary>What the user said of a commit that is here.</summary>
    public void Curated(string id, CuratedFields curated) => transaction.Execute(
        """
        update cognitive_commits set title = $title, title_set = $set, project_set = $project, published = $published, hidden = $hidden,
          display_order = $order, deleted_at = $deleted, version = $version, updated_at = $updated, curated_hash = $hash
        where id = $id
        """,
        ("$id", id), ("$title", curated.Title), ("$set", curated.TitleSet), ("$project", curated.Project), ("$published", curated.Published),
        ("$hidden", curated.Hidden), ("$order", curated.DisplayOrder), ("$deleted", curated.DeletedAt), ("$version", curated.Version),
        ("$updated", curated.UpdatedAt), ("$hash", curated.Hash));

    public void Session(SessionRow row) => Write(
        $"""
        insert into sessions (id, commit_id, agent_session_id, is_subagent, started_at, ended_at, rev, hash, change_seq, pushed_seq)
        values ($id, $commit, $agent, $subagent, $started, $ended, $rev, $hash, $change, case when $clean then $change else 0 end)
        on conflict (id) do update set commit_id = $commit, agent_session_id = $agent, is_subagent = $subagent, started_at = $started,
          ended_at = $ended, rev = $rev, hash = $hash, {Changed}
        """,
        ("$id", row.Id), ("$commit", row.CommitId), ("$agent", row.AgentSessionId), ("$subagent", row.IsSubagent),
        ("$started", row.StartedAt), ("$ended", row.EndedAt), ("$rev", row.Rev), ("$hash", row.Hash));

    public void Turn(TurnRow row) => Write(
        $"""
        insert into turns (id, session_id, ordinal, role, content, timestamp, model, tool_calls, interrupted, usage, triggers_visual, bytes,
          rev, hash, change_seq, pushed_seq)
        values ($id, $session, $ordinal, $role, $content, $timestamp, $model, $calls, $interrupted, $usage, $visual, $bytes,
          $rev, $hash, $change, case when $clean then $change else 0 end)
        on conflict (id) do update set session_id = $session, ordinal = $ordinal, role = $role, content = $content, timestamp = $timestamp,
          model = $model, tool_calls = $calls, interrupted = $interrupted, usage = $usage, triggers_visual = $visual, bytes = $bytes,
          rev = $rev, hash = $hash, {Changed}
        """,
        ("$id", row.Id), ("$session", row.SessionId), ("$ordinal", row.Ordinal), ("$role", row.Role), ("$content", row.Content),
        ("$timestamp", row.Timestamp), ("$model", row.Model), ("$calls", row.ToolCalls), ("$interrupted", row.Interrupted), ("$usage", row.Usage),
        ("$visual", row.TriggersVisual), ("$bytes", row.Bytes), ("$rev", row.Rev), ("$hash", row.Hash));

    /// <param name="row">What is known of the picture.</param>
    /// <param name="path">Where it lies on this machine; null when it did not come along, so that what is here stays.</param>
    public void Visual(VisualRow row, string? path = null) => Write(
        $"""
        insert into visuals (id, commit_id, turn_id, type, mime, content_hash, byte_size, path, cloud_url, captured_at, caption, rev, hash,
          version, updated_at, deleted_at, change_seq, pushed_seq)
        values ($id, $commit, $turn, $type, $mime, $content, $size, coalesce($path, ''), $cloud, $at, $caption, $rev, $hash,
          $version, $updated, $deleted, $change, case when $clean then $change else 0 end)
        on conflict (id) do update set commit_id = $commit, turn_id = $turn, type = $type, mime = $mime, content_hash = $content,
          byte_size = $size, path = coalesce($path, path), cloud_url = coalesce($cloud, cloud_url), captured_at = $at, caption = $caption,
          rev = $rev, hash = $hash, version = $version, updated_at = $updated, deleted_at = $deleted, {Changed}
        """,
        ("$id", row.Id), ("$commit", row.CommitId), ("$turn", row.TurnId), ("$type", row.Type), ("$mime", row.Mime), ("$content", row.ContentHash),
        ("$size", row.ByteSize), ("$path", path), ("$cloud", row.CloudPath), ("$at", row.CapturedAt), ("$caption", row.Caption), ("$rev", row.Rev),
        ("$hash", row.Hash), ("$version", row.Version), ("$updated", row.UpdatedAt), ("$deleted", row.DeletedAt));

    /// <summary>The first address that anybody says stays.</summary>
    public void Project(ProjectRow row) => transaction.Execute(
        """
        insert into projects (name, remote_url) values ($name, $url)
        on conflict (name) do update set remote_url = coalesce(projects.remote_url, excluded.remote_url)
        """,
        ("$name", row.Name), ("$url", row.RemoteUrl));

    /// <summary>The cloud has a machine's name from the machine itself; a file may be old.</summary>
    public void Machine(MachineRow row) => transaction.Execute(
        """
        insert into machines (machine_id, name) values ($id, $name)
        on conflict (machine_id) do update set name = case when $clean then excluded.name else machines.name end
        """,
        ("$id", row.MachineId), ("$name", row.Name), ("$clean", clean));

    private void Write(string sql, params (string Name, object? Value)[] values) =>
        transaction.Execute(sql, [.. values, ("$change", transaction.NextChange()), ("$clean", clean)]);
}
