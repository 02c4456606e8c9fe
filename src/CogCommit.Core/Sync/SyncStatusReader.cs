using CogCommit.Core.Cloud;
using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Sync;

/// <summary>How the store stands to the cloud, from what is known here: it asks nobody.</summary>
public static class SyncStatusReader
{
    public static SyncStatus Read(StoreFile store, CloudUser? user)
    {
        ArgumentNullException.ThrowIfNull(store);
        using var reader = store.OpenReader();
        var state = SyncState.Read(reader);
        var machine = MachineIdentity.Of(store);
        var counts = new Dictionary<string, int>();
        using (var command = reader.CreateCommand())
        {
            command.CommandText = $"select {CommitColumns.SyncStatus} as status, count(*) from cognitive_commits c where c.deleted_at is null group by status";
            using var row = command.ExecuteReader();
            while (row.Read())
            {
                counts[row.GetString(0)] = row.GetInt32(1);
            }
        }

        return new SyncStatus
        {
            Identity = new Identity
            {
                SignedIn = user is not null,
                UserId = user?.UserId,
                UserName = user?.UserName,
                Url = user?.Url,
                ExpiresAt = user?.ExpiresAt,
                MachineId = machine.MachineId,
                MachineName = machine.Name,
            },
            LastSync = Latest(state?.LastPushAt, state?.LastPullAt),
            Pending = counts.GetValueOrDefault("pending") + DeletionsPending(reader),
            Synced = counts.GetValueOrDefault("synced"),
            Filtered = counts.GetValueOrDefault("filtered"),
            OverLimit = counts.GetValueOrDefault("over_limit"),
            Conflicts = Conflict.List(store).Count,
            Errors = counts.GetValueOrDefault("error"),
            TooLarge = counts.GetValueOrDefault("too_large"),
            CommitsUsed = (int?)state?.Quota?.Commits,
            CommitLimit = (int?)state?.Quota?.CommitLimit,
            BytesUsed = state?.Quota?.Bytes,
            ByteLimit = state?.Quota?.StorageLimitBytes,
            LastError = state?.WipedAt is null ? state?.LastError : WipedCloud.Stopped(state).Message,
        };
    }

    /// <summary>A deletion that the cloud does not know yet waits like any edit, although its commit is shown nowhere.</summary>
    private static int DeletionsPending(SqliteConnection reader)
    {
        using var command = reader.CreateCommand();
        command.CommandText = $"""
            select count(*) from cognitive_commits c
            where c.deleted_at is not null and c.change_seq > c.pushed_seq and (not {CommitColumns.Filtered} or c.cloud_version > 0 or c.pushed_seq > 0)
            """;
        return (int)(long)command.ExecuteScalar()!;
    }

    private static DateTimeOffset? Latest(string? one, string? other)
    {
        var latest = string.CompareOrdinal(one, other) > 0 ? one : other;
        return latest is null ? null : Timestamps.Parse(latest);
    }
}
