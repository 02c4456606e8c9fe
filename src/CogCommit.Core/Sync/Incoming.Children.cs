using System.Text;
using CogCommit.Core.Rows;
using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Sync;

internal sealed partial class Incoming
{
    /// <summary>False when its commit is not here.</summary>
    private bool Merge(SessionRow cloud)
    {
        if (!Exists("cognitive_commits", cloud.CommitId))
        {
            return false;
        }

        if (Find("sessions", "commit_id", cloud.Id) is { } local)
        {
            var order = Rows.Merge.CompareCaptured(cloud.Rev, cloud.Hash, local.Rev, local.Hash);
            if (!Settle("sessions", local, order))
            {
                return true;
            }

            _touched.Add(local.Parent);
        }
        else
        {
            _transaction.Execute(
                "insert into sessions (id, commit_id, started_at, ended_at) values ($id, $commit, $started, $ended)",
                ("$id", cloud.Id),
                ("$commit", cloud.CommitId),
                ("$started", cloud.StartedAt),
                ("$ended", cloud.EndedAt));
            _perhapsEmpty.Add(cloud.Id);
        }

        _transaction.Execute(
            """
            update sessions set commit_id = $commit, agent_session_id = $agent, is_subagent = $subagent, started_at = $started, ended_at = $ended,
              rev = $rev, hash = $hash, change_seq = $change, pushed_seq = $change, push_state = null, push_error = null
            where id = $id
            """,
            ("$id", cloud.Id),
            ("$commit", cloud.CommitId),
            ("$agent", cloud.AgentSessionId),
            ("$subagent", cloud.IsSubagent),
            ("$started", cloud.StartedAt),
            ("$ended", cloud.EndedAt),
            ("$rev", cloud.Rev),
            ("$hash", cloud.Hash),
            ("$change", _transaction.NextChange()));
        Changed.Add(cloud.CommitId);
        _touched.Add(cloud.CommitId);
        return true;
    }

    /// <summary>False when its session is not here.</summary>
    private bool Merge(TurnRow cloud)
    {
        if (CommitOfSession(cloud.SessionId) is not { } commit)
        {
            return false;
        }

        if (Find("turns", "session_id", cloud.Id) is { } local)
        {
            if (!Settle("turns", local, Rows.Merge.CompareCaptured(cloud.Rev, cloud.Hash, local.Rev, local.Hash)))
            {
                return true;
            }

            Leaves(local.Parent, cloud.SessionId);
        }
        else
        {
            _transaction.Execute(
                "insert into turns (id, session_id, role, timestamp) values ($id, $session, $role, $timestamp)",
                ("$id", cloud.Id),
                ("$session", cloud.SessionId),
                ("$role", cloud.Role),
                ("$timestamp", cloud.Timestamp));
        }

        _transaction.Execute(
            """
            update turns set session_id = $session, ordinal = $ordinal, role = $role, content = $content, timestamp = $timestamp, model = $model,
              tool_calls = $calls, interrupted = $interrupted, usage = $usage, triggers_visual = $visual, bytes = $bytes,
              rev = $rev, hash = $hash, change_seq = $change, pushed_seq = $change, push_state = null, push_error = null
            where id = $id
            """,
            ("$id", cloud.Id),
            ("$session", cloud.SessionId),
            ("$ordinal", cloud.Ordinal),
            ("$role", cloud.Role),
            ("$content", cloud.Content),
            ("$timestamp", cloud.Timestamp),
            ("$model", cloud.Model),
            ("$calls", cloud.ToolCalls),
            ("$interrupted", cloud.Interrupted),
            ("$usage", cloud.Usage),
            ("$visual", cloud.TriggersVisual),
            ("$bytes", Encoding.UTF8.GetByteCount(cloud.Content ?? "") + Encoding.UTF8.GetByteCount(cloud.ToolCalls ?? "")),
            ("$rev", cloud.Rev),
            ("$hash", cloud.Hash),
            ("$change", _transaction.NextChange()));
        Turns++;
        Changed.Add(commit);
        _touched.Add(commit);
        return true;
    }

    /// <summary>False when its commit is not here.</summary>
    private bool Merge(VisualRow cloud)
    {
        if (!Exists("cognitive_commits", cloud.CommitId))
        {
            return false;
        }

        if (FindVisual(cloud.Id) is { } stored)
        {
            var order = Rows.Merge.CompareVisuals(cloud, stored.Row);
            var local = new Local(cloud.Id, stored.Row.Rev, stored.Row.Hash, stored.Row.CommitId, stored.ChangeSeq, stored.PushedSeq);
            if (!Settle("visuals", local, order))
            {
                return true;
            }

            _touched.Add(local.Parent);
        }
        else
        {
            _transaction.Execute(
                "insert into visuals (id, commit_id, type, captured_at) values ($id, $commit, $type, $at)",
                ("$id", cloud.Id),
                ("$commit", cloud.CommitId),
                ("$type", cloud.Type),
                ("$at", cloud.CapturedAt));
        }

        _transaction.Execute(
            """
            update visuals set commit_id = $commit, turn_id = $turn, type = $type, captured_at = $at, caption = $caption, content_hash = $content,
              byte_size = $size, mime = $mime, cloud_url = coalesce($path, cloud_url), version = $version, updated_at = $updated, deleted_at = $deleted,
              rev = $rev, hash = $hash, change_seq = $change, pushed_seq = $change, push_state = null, push_error = null
            where id = $id
            """,
            ("$id", cloud.Id),
            ("$commit", cloud.CommitId),
            ("$turn", cloud.TurnId),
            ("$type", cloud.Type),
            ("$at", cloud.CapturedAt),
            ("$caption", cloud.Caption),
            ("$content", cloud.ContentHash),
            ("$size", cloud.ByteSize),
            ("$mime", cloud.Mime),
            ("$path", cloud.CloudPath),
            ("$version", cloud.Version),
            ("$updated", cloud.UpdatedAt),
            ("$deleted", cloud.DeletedAt),
            ("$rev", cloud.Rev),
            ("$hash", cloud.Hash),
            ("$change", _transaction.NextChange()));
        Changed.Add(cloud.CommitId);
        return true;
    }

    /// <summary>The cloud has this turn in a commit that was pruned here: if its row wins, the turn left this device with it.</summary>
    private void LeaveTo(TurnRow cloud, bool pruned)
    {
        if (pruned && Find("turns", "session_id", cloud.Id) is { } local && Rows.Merge.CompareCaptured(cloud.Rev, cloud.Hash, local.Rev, local.Hash) > 0)
        {
            Leaves(local.Parent, cloud.SessionId);
            _transaction.Execute("delete from turns where id = $id", ("$id", cloud.Id));
        }
    }

    private void Leaves(string session, string forSession)
    {
        if (session != forSession && CommitOfSession(session) is { } commit)
        {
            _touched.Add(commit);
            _perhapsEmpty.Add(session);
        }
    }

    /// <summary>True when the cloud's row wins and is to be written. Else this one stays: clean when it is the same, waiting when it wins.</summary>
    private bool Settle(string table, Local local, int order)
    {
        if (order > 0)
        {
            return true;
        }

        if (order == 0 && local.ChangeSeq > local.PushedSeq)
        {
            _transaction.Execute($"update {table} set pushed_seq = change_seq, push_state = null, push_error = null where id = $id", ("$id", local.Id));
        }
        else if (order < 0 && local.ChangeSeq <= local.PushedSeq)
        {
            _transaction.Execute($"update {table} set change_seq = $change where id = $id", ("$change", _transaction.NextChange()), ("$id", local.Id));
        }

        return false;
    }

    private bool Exists(string table, string id) =>
        _transaction.Prepare($"select 1 from {table} where id = $id").With("$id", id).ExecuteScalar() is not null;

    private string? CommitOfSession(string id) =>
        (string?)_transaction.Prepare("select commit_id from sessions where id = $id").With("$id", id).ExecuteScalar();

    private Local? Find(string table, string parent, string id)
    {
        using var row = _transaction.Prepare($"select rev, hash, {parent}, change_seq, pushed_seq from {table} where id = $id").With("$id", id).ExecuteReader();
        return row.Read() ? new Local(id, row) : null;
    }

    private Stored<VisualRow>? FindVisual(string id)
    {
        using var row = _transaction.Prepare($"select {StoredRows.VisualColumns} from visuals v where v.id = $id").With("$id", id).ExecuteReader();
        return row.Read() ? StoredRows.Visual(row) : null;
    }

    /// <summary>As much of a row that is here as the merge needs.</summary>
    private sealed record Local(string Id, string Rev, string? Hash, string Parent, long ChangeSeq, long PushedSeq)
    {
        public Local(string id, SqliteDataReader row)
            : this(id, row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetInt64(4))
        {
        }
    }
}
