using System.Text.Json;
using CogCommit.Core.Rows;
using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Sync;

/// <summary>What waits for a push: the rows whose last change the cloud has not confirmed.</summary>
internal static class Queue
{
    /// <summary>The commits of which something waits, newest first.</summary>
    public static List<CommitState> Commits(SqliteConnection connection, PushOptions options)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            with waiting (commit_id, fresh, error, turns, bytes, elsewhere) as ({Waiting(options.Force)})
            select c.id, case when c.title_set then c.title else c.derived_title end, coalesce(c.project_set, c.project_name),
                   c.deleted_at is not null, c.turn_count - {Unplaced}, c.warmup, c.cloud_version > 0 or c.pushed_seq > 0, c.push_state, c.bytes,
                   c.version > c.cloud_version, c.tried_seq = c.change_seq and c.change_seq > c.pushed_seq,
                   max(w.fresh), max(w.error), sum(w.turns), sum(w.bytes)
            -- (Cross: in this order. SQLite cannot know how few wait, and would go through all commits to ask of each whether it does.)
            from waiting w cross join cognitive_commits c on c.id = w.commit_id
            where (c.deleted_at is null or c.change_seq > c.pushed_seq or w.elsewhere or $force)
              and ($ids is null or c.id in (select value from json_each($ids)))
              and ($projects is null or exists (
                    select 1 from json_each($projects) where lower(coalesce(c.project_set, c.project_name, '')) glob lower(value)))
            group by c.row
            order by c.started_at desc, c.id
            """;
        command.Parameters.AddWithValue("$force", options.Force);
        command.Parameters.AddWithValue("$ids", Chosen(options.CommitIds));
        command.Parameters.AddWithValue("$projects", Chosen(options.Projects));
        using var row = command.ExecuteReader();
        List<CommitState> commits = [];
        while (row.Read())
        {
            commits.Add(new CommitState
            {
                Id = row.GetString(0),
                Title = row.IsDBNull(1) ? "" : row.GetString(1),
                ProjectName = row.IsDBNull(2) ? null : row.GetString(2),
                Deleted = row.GetBoolean(3),
                TurnCount = row.GetInt32(4),
                Warmup = row.GetBoolean(5),
                Confirmed = row.GetBoolean(6),
                PushState = row.IsDBNull(7) ? null : row.GetString(7),
                Bytes = row.GetInt64(8),
                EditWaits = row.GetBoolean(9),
                RowRefused = row.GetBoolean(10),
                HasFreshRows = row.GetBoolean(11),
                HasErrors = row.GetBoolean(12),
                Turns = row.GetInt32(13),
                TurnBytes = row.GetInt64(14),
            });
        }

        return commits;
    }

    /// <summary>
    /// The rows of one commit that wait, parents first, read one by one. Of a deleted commit only its own row, and turns that have to leave
    /// another commit in the cloud: what was deleted before it was ever sent is not sent for that.
    /// </summary>
    public static IEnumerable<OutgoingRow> Rows(
        SqliteConnection connection, CommitState commit, PushAction action, PushOptions options, BatchLimits limits)
    {
        foreach (var stored in Read(connection, StoredRows.CommitColumns, "cognitive_commits c where c.id = $id", "c", commit.Id, options, StoredRows.Commit))
        {
            var sent = action == PushAction.PushEdit ? stored.Row with { Captured = null, CuratedBase = stored.CloudSaid ?? "" }
                : SendsCurated(stored, options) ? stored.Row with { CuratedBase = stored.CloudSaid ?? "" }
                : stored.Row with { Curated = null };
            yield return Outgoing(RowKind.Commit, commit, sent.Id, null, stored.ChangeSeq, limits, () => RowJson.Write(sent)) with { Commit = sent };
        }

        if (action == PushAction.PushEdit)
        {
            yield break;
        }

        var sessions = commit.Deleted ? $"and exists (select 1 from turns t where t.session_id = s.id and {Elsewhere})" : "";
        var turns = commit.Deleted ? $"and {Elsewhere}" : "";

        foreach (var stored in Read(
            connection, StoredRows.SessionColumns, $"sessions s where s.commit_id = $id {sessions}", "s", commit.Id, options, StoredRows.Session, "s.is_subagent, s.started_at, s.id"))
        {
            yield return Outgoing(RowKind.Session, commit, stored.Row.Id, commit.Id, stored.ChangeSeq, limits, () => RowJson.Write(stored.Row));
        }

        foreach (var stored in Read(
            connection,
            StoredRows.TurnColumns,
            $"sessions s join turns t on t.session_id = s.id where s.commit_id = $id and {CommitColumns.Placed} {turns}",
            "t",
            commit.Id,
            options,
            StoredRows.Turn,
            "s.is_subagent, s.started_at, s.id, t.ordinal, t.id"))
        {
            yield return Outgoing(RowKind.Turn, commit, stored.Row.Id, stored.Row.SessionId, stored.ChangeSeq, limits, () => RowJson.Write(stored.Row));
        }

        if (commit.Deleted)
        {
            yield break;
        }

        foreach (var stored in Read(
            connection, StoredRows.VisualColumns, "visuals v where v.commit_id = $id", "v", commit.Id, options, StoredRows.Visual, "v.captured_at, v.id"))
        {
            yield return Outgoing(RowKind.Visual, commit, stored.Row.Id, commit.Id, stored.ChangeSeq, limits, () => RowJson.Write(stored.Row));
        }
    }

    /// <summary>
    /// The rows' numbers first, then row by row: between two of them no statement is open. While one is, SQLite begins its log anew no more,
    /// which would grow by all that the answers write.
    /// </summary>
    private static IEnumerable<Stored<T>> Read<T>(
        SqliteConnection connection,
        string columns,
        string from,
        string table,
        string commitId,
        PushOptions options,
        Func<SqliteDataReader, Stored<T>> read,
        string? order = null)
    {
        var waits = options.Force ? "" : $"and {table}.change_seq > {table}.pushed_seq";
        var fresh = options.Force || options.Retry ? "" : $"and {table}.tried_seq <> {table}.change_seq";
        var source = $"from {from} {waits} {fresh}";
        using var one = connection.CreateCommand();
        one.CommandText = $"select {columns} {source} and {table}.row = $row";
        one.Parameters.AddWithValue("$id", commitId);
        var number = one.Parameters.Add("$row", SqliteType.Integer);
        foreach (var row in RowNumbers(connection, $"select {table}.row {source} {(order is null ? "" : $"order by {order}")}", commitId))
        {
            number.Value = row;
            if (ReadOne(one, read) is { } stored)
            {
                yield return stored;
            }
        }
    }

    private static List<long> RowNumbers(SqliteConnection connection, string sql, string commitId)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$id", commitId);
        using var row = command.ExecuteReader();
        List<long> numbers = [];
        while (row.Read())
        {
            numbers.Add(row.GetInt64(0));
        }

        return numbers;
    }

    /// <summary>Null where it waits no more: another process sent or removed it meanwhile.</summary>
    private static Stored<T>? ReadOne<T>(SqliteCommand command, Func<SqliteDataReader, Stored<T>> read)
    {
        using var row = command.ExecuteReader();
        return row.Read() ? read(row) : null;
    }

    /// <summary>
    /// The user's half goes along when the cloud is not known to have it. Its number says so, but for rows that are all sent anew.
    /// </summary>
    private static bool SendsCurated(Stored<CommitRow> stored, PushOptions options) =>
        options.Force || stored.PushedSeq == 0 || stored.Row.Curated!.Version > stored.CloudVersion;

    private static OutgoingRow Outgoing(
        RowKind kind, CommitState commit, string id, string? parentId, long changeSeq, BatchLimits limits, Func<byte[]> write)
    {
        var row = new OutgoingRow { Kind = kind, Id = id, CommitId = commit.Id, ParentId = parentId, ChangeSeq = changeSeq };
        try
        {
            var json = write();
            return json.Length > limits.RowBytes ? row with { PushState = PushStates.TooLarge } : row with { Json = json };
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // A list or tool call that is no JSON: of a store that others wrote. It stops itself alone.
            return row with { PushState = PushStates.Error, Problem = $"It holds a value that is no JSON: {fault.Message}" };
        }
    }

    private static object Chosen(IReadOnlyList<string> names) => names.Count == 0 ? DBNull.Value : JsonSerializer.Serialize(names);

    // Queued prompts that have no place yet: a commit that has nothing else has nothing to send.
    private const string Unplaced = $"""
        (select count(*) from captured_commits k join captured_turns f on f.session = k.session and f.provisional = 1 and f.owned = 1 and f.ordinal between k.first_ordinal and k.last_ordinal
          join turns t on t.id = f.turn_id where k.commit_id = c.id and not {CommitColumns.Placed})
        """;

    private const string Elsewhere = $"t.push_state = '{PushStates.Elsewhere}'";

    private static string Waiting(bool all)
    {
        var condition = (string table) => all ? "1" : $"{table}.change_seq > {table}.pushed_seq";
        var fresh = (string table) => all ? "1" : $"{table}.tried_seq <> {table}.change_seq";
        var error = (string table) => $"coalesce({table}.push_state = 'error', 0)";
        return $"""
            select c.id, {fresh("c")}, {error("c")}, 0, 0, 0 from cognitive_commits c where {condition("c")}
            union all
            select s.commit_id, {fresh("s")}, {error("s")}, 0, 0, 0 from sessions s where {condition("s")}
            union all
            select s.commit_id, max({fresh("t")}), max({error("t")}), count(*), sum(t.bytes), max(coalesce({Elsewhere}, 0))
            from turns t join sessions s on s.id = t.session_id where {condition("t")} and {CommitColumns.Placed} group by s.commit_id
            union all
            select v.commit_id, {fresh("v")}, {error("v")}, 0, 0, 0 from visuals v where {condition("v")}
            """;
    }
}
