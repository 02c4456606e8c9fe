using System.Text;
using CogCommit.Core.Capture.Memory;
using CogCommit.Core.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Capture.Rows;

/// <summary>What became of a row that capture offered.</summary>
internal enum Written
{
    /// <summary>The store holds it already, or something greater.</summary>
    Unchanged,
    New,
    Updated,
}

/// <summary>
/// Writes captured rows. A row is written only if its (rev, hash) is greater than what stands there, and then takes the next
/// change_seq: so a second import writes nothing, and what a longer transcript on another machine said stays. Curated fields are
/// never touched.
/// </summary>
internal sealed class RowWriter(WriteTransaction transaction, string? machineId)
{
    private const long BytesAtOnce = 1 << 20;

    /// <param name="force">Written also where its revision is not greater: the owner of a replayed turn has changed.</param>
    public Written Write(CapturedCommit row, string? project, string rev, bool force)
    {
        var hash = CapturedHash.Of(row);
        var state = StateOf("cognitive_commits", row.Id, rev, hash, force);
        if (state == Written.Unchanged)
        {
            return state;
        }

        var sql = state == Written.New
            ? """
              insert into cognitive_commits (id, agent_session_id, source, project_name, branch, git_hash, git_hashes, git_subject, started_at,
                closed_at, closed_by, closed_after, files_read, files_changed, derived_title, origin_machine_id, rev, hash, updated_at, change_seq)
              values ($id, $agent, $source, $project, $branch, $git, $gits, $subject, $started,
                $closed, $by, $after, $read, $changed, $title, $machine, $rev, $hash, $closed, $seq)
              """
            : """
              update cognitive_commits set agent_session_id = $agent, source = $source, project_name = $project, branch = $branch,
                git_hash = $git, git_hashes = $gits, git_subject = $subject, started_at = $started, closed_at = $closed, closed_by = $by,
                closed_after = $after, files_read = $read, files_changed = $changed, derived_title = $title,
                origin_machine_id = coalesce(origin_machine_id, $machine), rev = $rev, hash = $hash, change_seq = $seq
              where id = $id
              """;
        transaction.Execute(sql,
            ("$id", row.Id), ("$agent", row.AgentSessionId), ("$source", row.Source), ("$project", project),
            ("$branch", row.Branch), ("$git", row.GitHash), ("$gits", List(row.GitHashes)), ("$subject", row.GitSubject),
            ("$started", row.StartedAt), ("$closed", row.ClosedAt), ("$by", row.ClosedBy), ("$after", row.ClosedAfter),
            ("$read", List(row.FilesRead)), ("$changed", List(row.FilesChanged)), ("$title", row.DerivedTitle),
            ("$machine", machineId), ("$rev", rev), ("$hash", hash), ("$seq", transaction.NextChange()));
        return state;
    }

    public Written Write(CapturedSession row, string rev, bool force)
    {
        var hash = CapturedHash.Of(row);
        var state = StateOf("sessions", row.Id, rev, hash, force);
        if (state != Written.Unchanged)
        {
            transaction.Execute("""
                insert into sessions (id, commit_id, agent_session_id, is_subagent, started_at, ended_at, rev, hash, change_seq)
                values ($id, $commit, $agent, $sub, $started, $ended, $rev, $hash, $seq)
                on conflict (id) do update set commit_id = excluded.commit_id, agent_session_id = excluded.agent_session_id,
                  is_subagent = excluded.is_subagent, started_at = excluded.started_at, ended_at = excluded.ended_at,
                  rev = excluded.rev, hash = excluded.hash, change_seq = excluded.change_seq
                """,
                ("$id", row.Id), ("$commit", row.CommitId), ("$agent", row.AgentSessionId), ("$sub", row.IsSubagent ? 1 : 0),
                ("$started", row.StartedAt), ("$ended", row.EndedAt), ("$rev", rev), ("$hash", hash), ("$seq", transaction.NextChange()));
        }

        return state;
    }

    /// <summary>Several in one statement: what a statement with triggers changes is copied first, page by page.</summary>
    /// <returns>What became of each, in the same order.</returns>
    public IReadOnlyList<Written> Write(IReadOnlyList<(CapturedTurn Row, string Rev)> turns, bool force)
    {
        var states = new Written[turns.Count];
        var changed = new List<object?[]>(turns.Count);
        var gathered = new HashSet<string>();
        var text = 0L;
        for (var i = 0; i < turns.Count; i++)
        {
            var (row, rev) = turns[i];
            // One that comes twice meets itself in the store, so that the greater stays; and no statement holds much.
            if (!gathered.Add(row.Id) || text > BytesAtOnce)
            {
                TurnInsert.Statement.Run(transaction, changed);
                changed.Clear();
                (gathered, text) = ([row.Id], 0);
            }

            var hash = CapturedHash.Of(row);
            states[i] = StateOf("turns", row.Id, rev, hash, force);
            if (states[i] != Written.Unchanged)
            {
                var calls = ToolCallJson.Write(row.ToolCalls);
                var bytes = Bytes(row.Content, calls);
                transaction.TextBytes += bytes;
                text += bytes;
                changed.Add([
                    row.Id, row.SessionId, row.Ordinal, row.Role, row.Content, row.Timestamp, row.Model, calls, row.Interrupted ? 1 : 0,
                    ToolCallJson.Write(row.Usage), row.TriggersVisual ? 1 : 0, bytes, rev, hash, transaction.NextChange(),
                ]);
            }
        }

        TurnInsert.Statement.Run(transaction, changed);
        return states;
    }

    /// <summary>What the user said of the picture stays: its type, its caption, and that he removed it.</summary>
    public Written Write(CapturedVisual row, string path, string rev)
    {
        if (StoredRows.FindVisual(transaction, row.Id) is { Row: { } said })
        {
            row = row with { Type = said.Type, Caption = said.Caption, DeletedAt = said.DeletedAt is { } deleted ? Timestamps.Parse(deleted) : null };
        }

        var hash = CapturedHash.Of(row);
        var state = StateOf("visuals", row.Id, rev, hash, force: false);
        if (state != Written.Unchanged)
        {
            transaction.Execute("""
                insert into visuals (id, commit_id, turn_id, type, mime, content_hash, byte_size, path, captured_at, rev, hash, updated_at, change_seq)
                values ($id, $commit, $turn, $type, $mime, $content, $size, $path, $time, $rev, $hash, $time, $seq)
                on conflict (id) do update set commit_id = excluded.commit_id, turn_id = excluded.turn_id, path = excluded.path,
                  rev = excluded.rev, hash = excluded.hash, change_seq = excluded.change_seq
                """,
                ("$id", row.Id), ("$commit", row.CommitId), ("$turn", row.TurnId), ("$type", row.Type), ("$mime", row.Mime), ("$content", row.ContentHash),
                ("$size", row.ByteSize), ("$path", path), ("$time", row.CapturedAt), ("$rev", rev), ("$hash", hash),
                ("$seq", transaction.NextChange()));
        }

        return state;
    }

    private Written StateOf(string table, string id, string rev, string hash, bool force)
    {
        using var reader = transaction.Prepare($"select rev, hash from {table} where id = $id").With("$id", id).ExecuteReader();
        if (!reader.Read())
        {
            return Written.New;
        }

        var order = Merge.CompareCaptured(rev, hash, reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1));
        return order > 0 || (force && order != 0) ? Written.Updated : Written.Unchanged;
    }

    private static long Bytes(string? content, string? calls) =>
        (content is null ? 0 : Encoding.UTF8.GetByteCount(content)) + (calls is null ? 0 : Encoding.UTF8.GetByteCount(calls));

    private static string List(IReadOnlyCollection<string> items) => ColumnJson.Write(items);
}
