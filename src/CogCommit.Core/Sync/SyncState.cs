using CogCommit.Core.Cloud;
using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Sync;

/// <summary>What the store knows of the one cloud and user it belongs to.</summary>
internal sealed record SyncState
{
    public required string CloudUrl { get; init; }

    public required string UserId { get; init; }

    /// <summary>Null before the first pull or push.</summary>
    public CloudCursor? Cursor { get; init; }

    public string? LastPushAt { get; init; }

    /// <summary>The last push or pull that succeeded.</summary>
    public DateTimeOffset? LastSync => (string.CompareOrdinal(LastPushAt, LastPullAt) > 0 ? LastPushAt : LastPullAt) is { } last ? Timestamps.Parse(last) : null;

    public string? LastPullAt { get; init; }

    public string? LastError { get; init; }

    /// <summary>The first try that failed since the last one that did not; null when the last one did not.</summary>
    public string? FailingSince { get; init; }

    /// <summary>How many failed since then.</summary>
    public int Failures { get; init; }

    /// <summary>The last push it heard of; 0 when it knows nothing of this cloud.</summary>
    public long Seen { get; init; }

    /// <summary>When the cloud was wiped, if it was and the user did not decide yet.</summary>
    public string? WipedAt { get; init; }

    public Quota? Quota { get; init; }

    public static SyncState? Read(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select cloud_url, user_id, cursor_seq, cursor_push_id, last_push_at, last_pull_at, last_error, quota, seen_seq, wiped_at, failing_since, failures from sync_state";
        using var row = command.ExecuteReader();
        return row.Read()
            ? new SyncState
            {
                CloudUrl = row.GetString(0),
                UserId = row.GetString(1),
                Cursor = row.IsDBNull(3) ? null : new CloudCursor(row.GetInt64(2), row.GetString(3)),
                LastPushAt = row.IsDBNull(4) ? null : row.GetString(4),
                LastPullAt = row.IsDBNull(5) ? null : row.GetString(5),
                LastError = row.IsDBNull(6) ? null : row.GetString(6),
                Quota = Quota.Of(row.IsDBNull(7) ? null : row.GetString(7)),
                Seen = row.IsDBNull(3) ? row.GetInt64(8) : row.GetInt64(2),
                WipedAt = row.IsDBNull(9) ? null : row.GetString(9),
                FailingSince = row.IsDBNull(10) ? null : row.GetString(10),
                Failures = row.GetInt32(11),
            }
            : null;
    }

    public static void SetCursor(WriteTransaction transaction, CloudCursor? cursor) => transaction.Execute(
        "update sync_state set cursor_seq = $seq, cursor_push_id = $push, seen_seq = max(seen_seq, $seq)",
        ("$seq", cursor?.Seq ?? 0),
        ("$push", cursor?.PushId));

    /// <summary>The cloud answered with this push: it has something of this device, so that a wipe would concern it.</summary>
    public static void SetSeen(WriteTransaction transaction, long seq) =>
        transaction.Execute("update sync_state set seen_seq = max(seen_seq, $seq)", ("$seq", seq));

    /// <summary>What was heard of this cloud counts no more: it was restored and counts anew. How much room it has is not known either.</summary>
    public static void ForgetSeen(WriteTransaction transaction)
    {
        transaction.Execute("update sync_state set seen_seq = 0, quota = null");
        PushesAhead.Forget(transaction);
    }

    public static void SetQuota(WriteTransaction transaction, Quota? quota)
    {
        if (quota is not null)
        {
            transaction.Execute("update sync_state set quota = $quota", ("$quota", quota.ToText()));
        }
    }

    public static void SetPushed(WriteTransaction transaction, DateTimeOffset now)
    {
        transaction.Execute($"update sync_state set last_push_at = $now, {NothingFails}", ("$now", now));
        Lag.Forget(transaction);
    }

    public static void SetPulled(WriteTransaction transaction, DateTimeOffset now) =>
        transaction.Execute($"update sync_state set last_pull_at = $now, {NothingFails}", ("$now", now));

    public static void SetError(WriteTransaction transaction, string error, DateTimeOffset now) => transaction.Execute(
        "update sync_state set last_error = $error, failing_since = coalesce(failing_since, $now), failures = failures + 1", ("$error", error), ("$now", now));

    private const string NothingFails = "last_error = null, failing_since = null, failures = 0";
}
