using System.Text.Json;
using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Tests.Store;

/// <summary>
/// Writes rows for a test: <c>new StoreBuilder(store).Commit("c", title: "x").Session("s").Prompt("hello").Answer("hi")</c>. A session
/// goes to the last commit, a turn to the last session; turns are a minute apart. Totals are counted at once.
/// </summary>
public sealed class StoreBuilder(StoreFile store)
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private DateTimeOffset _now = Start;
    private string _commit = "";
    private string _session = "";
    private int _ordinal;
    private int _turns;

    public StoreFile Store => store;

    public StoreBuilder At(DateTimeOffset time)
    {
        _now = time;
        return this;
    }

    public StoreBuilder Commit(
        string id, string? title = null, string? project = "demo", string? branch = "main", string? gitHash = null, string[]? gitHashes = null,
        string? gitSubject = null, string closedBy = "git_commit", string source = "claude_code", string[]? read = null, string[]? changed = null,
        bool hidden = false, string? deletedAt = null)
    {
        _commit = id;
        store.Write(t => t.Execute("""
            insert into cognitive_commits (id, agent_session_id, source, project_name, branch, git_hash, git_hashes, git_subject, started_at, closed_at,
              closed_by, files_read, files_changed, derived_title, rev, hidden, deleted_at, updated_at, change_seq)
            values ($id, $id, $source, $project, $branch, $hash, $hashes, $subject, $now, $now, $by, $read, $changed, $title, '1', $hidden, $deleted, $now, $seq)
            """,
            ("$id", id), ("$source", source), ("$project", project), ("$branch", branch), ("$hash", gitHash),
            ("$hashes", JsonSerializer.Serialize(gitHashes ?? (gitHash is null ? [] : [gitHash]))), ("$subject", gitSubject), ("$now", _now),
            ("$by", closedBy), ("$read", JsonSerializer.Serialize(read ?? [])), ("$changed", JsonSerializer.Serialize(changed ?? [])),
            ("$title", title ?? id), ("$hidden", hidden), ("$deleted", deletedAt), ("$seq", t.NextChange())));
        return this;
    }

    public StoreBuilder Session(string id, bool subagent = false)
    {
        _session = id;
        _ordinal = 0;
        store.Write(t =>
        {
            t.Execute("""
                insert into sessions (id, commit_id, agent_session_id, is_subagent, started_at, ended_at, rev, change_seq)
                values ($id, $commit, $id, $sub, $now, $now, '1', $seq)
                """, ("$id", id), ("$commit", _commit), ("$sub", subagent), ("$now", _now), ("$seq", t.NextChange()));
            t.RefreshTotals([_commit]);
        });
        return this;
    }

    public StoreBuilder Prompt(string content, string? id = null) => Turn("user", content, id, null, null, null);

    public StoreBuilder Answer(string content, string? id = null, string? model = "claude", string? usage = null, string? toolCalls = null) =>
        Turn("assistant", content, id, model, usage, toolCalls);

    private StoreBuilder Turn(string role, string content, string? id, string? model, string? usage, string? toolCalls)
    {
        store.Write(t =>
        {
            t.Execute("""
                insert into turns (id, session_id, ordinal, role, content, timestamp, model, tool_calls, usage, bytes, rev, change_seq)
                values ($id, $session, $ordinal, $role, $content, $now, $model, $calls, $usage, $bytes, '1', $seq)
                """,
                ("$id", id ?? $"{_session}-{++_turns}"), ("$session", _session), ("$ordinal", _ordinal++), ("$role", role), ("$content", content),
                ("$now", _now), ("$model", model), ("$calls", toolCalls), ("$usage", usage), ("$bytes", content.Length), ("$seq", t.NextChange()));
            t.Execute("update sessions set ended_at = max(ended_at, $now) where id = $id", ("$now", _now), ("$id", _session));
            t.Execute("update cognitive_commits set closed_at = max(closed_at, $now) where id = $id", ("$now", _now), ("$id", _commit));
            t.RefreshTotals([_commit]);
        });
        _now = _now.AddMinutes(1);
        return this;
    }

    /// <summary>All is as the cloud has it.</summary>
    public StoreBuilder Pushed()
    {
        foreach (var table in new[] { "cognitive_commits", "sessions", "turns", "visuals" })
        {
            store.Write(t => t.Execute($"update {table} set pushed_seq = change_seq"));
        }

        return this;
    }

    public T Scalar<T>(string sql)
    {
        using SqliteConnection reader = store.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = sql;
        return (T)command.ExecuteScalar()!;
    }
}
