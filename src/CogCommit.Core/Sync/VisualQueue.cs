using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Sync;

/// <summary>What is known of the pictures' way to the cloud, in the store. Nothing here is needed to be right: the cloud is asked where nothing is known.</summary>
internal static class VisualQueue
{
    private const string Stored = "stored";
    private const string Sending = "sending";
    private const string Waits = "waits";
    private const string Refused = "refused";

    private const string Live = "v.deleted_at is null and c.deleted_at is null and v.content_hash is not null";

    /// <summary>Pictures of this machine that the cloud is not known to have, and may come to have.</summary>
    public static (int Count, long Bytes) Pending(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            select count(*), coalesce(sum(v.byte_size), 0)
            from visuals v join cognitive_commits c on c.id = v.commit_id left join visual_objects o on o.visual_id = v.id
            where {Live} and v.path <> '' and coalesce(o.state, '') not in ('{Stored}', '{Refused}')
            """;
        using var row = command.ExecuteReader();
        row.Read();
        return (row.GetInt32(0), row.GetInt64(1));
    }

    /// <summary>Those for which the cloud had no room.</summary>
    public static int CountWaiting(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            select count(*) from visual_objects o join visuals v on v.id = o.visual_id join cognitive_commits c on c.id = v.commit_id
            where o.state = '{Waits}' and {Live}
            """;
        return (int)(long)command.ExecuteScalar()!;
    }

    /// <summary>When the first of those that wait for room is to be tried again, after now; null: none waits.</summary>
    public static DateTimeOffset? NextTry(SqliteConnection connection, DateTimeOffset now)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            select min(o.retry_at) from visual_objects o join visuals v on v.id = o.visual_id join cognitive_commits c on c.id = v.commit_id
            where o.state = '{Waits}' and o.retry_at > $now and {Live}
            """;
        return command.With("$now", now).ExecuteScalar() is string text ? Timestamps.Parse(text) : null;
    }

    /// <summary>Those whose row the cloud has, newest commits first. What waits for room is left out until its time has come.</summary>
    public static List<OutgoingVisual> Read(SqliteConnection connection, DateTimeOffset now)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            select v.id, v.cloud_url, v.mime, v.content_hash, v.byte_size, o.state is not null, o.upload
            from visuals v join cognitive_commits c on c.id = v.commit_id left join visual_objects o on o.visual_id = v.id
            where {Live} and v.cloud_url is not null
              and (o.state is null or o.state = '{Sending}' or o.state = '{Waits}' and o.retry_at <= $now)
            order by c.started_at desc, v.captured_at, v.id
            """;
        command.With("$now", now);
        using var row = command.ExecuteReader();
        List<OutgoingVisual> waiting = [];
        while (row.Read())
        {
            waiting.Add(new OutgoingVisual(
                row.GetString(0), row.GetString(1), row.IsDBNull(2) ? "" : row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetBoolean(5), row.IsDBNull(6) ? null : row.GetString(6)));
        }

        return waiting;
    }

    /// <summary>Deleted ones, by id, whose picture this machine knows to be in the cloud; the cloud knows that they are deleted.</summary>
    public static Dictionary<string, (string Path, string Hash)> Deleted(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            select v.id, v.cloud_url, v.content_hash
            from visual_objects o join visuals v on v.id = o.visual_id join cognitive_commits c on c.id = v.commit_id
            where o.state = '{Stored}' and v.cloud_url is not null and v.content_hash is not null
              and (c.deleted_at is not null and c.change_seq <= c.pushed_seq or v.deleted_at is not null and v.change_seq <= v.pushed_seq)
            """;
        using var row = command.ExecuteReader();
        var deleted = new Dictionary<string, (string, string)>();
        while (row.Read())
        {
            deleted[row.GetString(0)] = (row.GetString(1), row.GetString(2));
        }

        return deleted;
    }

    /// <summary>Where the cloud has, or will have, the picture. Nulls change nothing.</summary>
    public static void SetPath(WriteTransaction transaction, string? visualId, string? path)
    {
        if (visualId is not null && path is not null)
        {
            transaction.Execute("update visuals set cloud_url = $path where id = $id and cloud_url is not $path", ("$id", visualId), ("$path", path));
        }
    }

    public static void SetStored(WriteTransaction transaction, string visualId) => Set(transaction, visualId, Stored);

    /// <summary>It is being sent, in parts: by this name the cloud knows what it has of it. Null: it is to be begun anew.</summary>
    public static void SetSending(WriteTransaction transaction, string visualId, string? upload) => Set(transaction, visualId, Sending, upload: upload);

    public static void SetWaiting(WriteTransaction transaction, string visualId, string reason, DateTimeOffset retryAt) => Set(transaction, visualId, Waits, reason, retryAt: retryAt);

    public static void SetRefused(WriteTransaction transaction, string visualId, string reason) => Set(transaction, visualId, Refused, reason);

    public static void Forget(WriteTransaction transaction, string visualId) => transaction.Execute("delete from visual_objects where visual_id = $id", ("$id", visualId));

    /// <summary>Everything that waits for room, or was refused, is tried again.</summary>
    public static void TryAgain(WriteTransaction transaction) => transaction.Execute($"delete from visual_objects where state in ('{Waits}', '{Refused}')");

    private static void Set(WriteTransaction transaction, string visualId, string state, string? reason = null, string? upload = null, DateTimeOffset? retryAt = null) =>
        // The row may be gone by now: pruned, or purged.
        transaction.Execute(
            """
            insert into visual_objects (visual_id, state, reason, upload, retry_at) select id, $state, $reason, $upload, $retry from visuals where id = $id
            on conflict (visual_id) do update set state = excluded.state, reason = excluded.reason, upload = excluded.upload, retry_at = excluded.retry_at
            """,
            ("$id", visualId),
            ("$state", state),
            ("$reason", reason),
            ("$upload", upload),
            ("$retry", retryAt));
}
