using CogCommit.Core.Cloud;
using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Sync;

/// <summary>How the store stands to the cloud, from what is known here: it asks nobody.</summary>
public static class SyncStatusReader
{
    /// <param name="store">The store.</param>
    /// <param name="user">Who is signed in, or null.</param>
    /// <param name="daemon">What watches this installation; null: nobody looked.</param>
    public static SyncStatus Read(StoreFile store, CloudUser? user, DaemonStatus? daemon = null)
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

        var (visuals, visualBytes) = VisualsPending(reader);
        // What is not tried does not fail, whatever came of the last try.
        var connection = ConnectionOf(user, daemon, Moment(state?.FailingSince));
        var failingSince = connection == nameof(ConnectionState.Off) ? null : Moment(state?.FailingSince);
        return new SyncStatus
        {
            Identity = IdentityOf(user, machine.MachineId, machine.Name),
            LastSync = state?.LastSync,
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
            Daemon = daemon,
            Connection = connection,
            FailingSince = failingSince,
            Failures = failingSince is null ? 0 : state?.Failures ?? 0,
            NextTry = daemon?.NextTry,
            Lag = user is not null && Lag.Since(reader) is { } since ? store.Clock.GetUtcNow() - since : null,
            VisualsPending = visuals,
            VisualBytesPending = visualBytes,
        };
    }

    /// <summary>Where there is no store yet: nothing waits, and this installation has no id.</summary>
    /// <param name="user">Who is signed in, or null.</param>
    /// <param name="daemon">What watches this installation; null: nobody looked.</param>
    public static SyncStatus WithoutStore(CloudUser? user, DaemonStatus? daemon = null) => new()
    {
        Identity = IdentityOf(user, "", Environment.MachineName),
        Daemon = daemon,
        Connection = ConnectionOf(user, daemon, null),
        NextTry = daemon?.NextTry,
    };

    // What runs knows best. Without it there is no connection, but the last try may have shown that there could be none.
    private static string ConnectionOf(CloudUser? user, DaemonStatus? daemon, DateTimeOffset? failingSince) =>
        daemon?.Connection ?? (user is not null && failingSince is not null ? ConnectionState.Offline : ConnectionState.Off).ToString();

    private static Identity IdentityOf(CloudUser? user, string machineId, string machineName) => new()
    {
        SignedIn = user is not null,
        UserId = user?.UserId,
        UserName = user?.UserName,
        Url = user?.Url,
        ExpiresAt = user?.ExpiresAt,
        MachineId = machineId,
        MachineName = machineName,
    };

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

    private static (int Count, long Bytes) VisualsPending(SqliteConnection reader)
    {
        using var command = reader.CreateCommand();
        command.CommandText = "select count(*), coalesce(sum(byte_size), 0) from visuals where change_seq > pushed_seq and deleted_at is null";
        using var row = command.ExecuteReader();
        row.Read();
        return (row.GetInt32(0), row.GetInt64(1));
    }

    private static DateTimeOffset? Moment(string? text) => text is null ? null : Timestamps.Parse(text);
}
