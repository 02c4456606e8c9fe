using System.Globalization;
using CogCommit.Cloud.Tests.Sql;

namespace CogCommit.Cloud.Tests.Sync;

/// <summary>A real database under the real policies, for the tests of one class; each test has a user of its own in it.</summary>
public sealed class SyncDatabase(PostgresFixture postgres) : IAsyncLifetime
{
    public CloudDatabase Database { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Database = new CloudDatabase(await postgres.NewDatabaseAsync());

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    public async Task<CloudUserSession> NewUserAsync() => await Database.AddUserAsync();

    public async Task SetQuotaAsync(CloudUserSession user, int commits, long bytes = 52_428_800) => await Database.ScalarAsync(
        "update public.user_quotas set commit_limit = $2, storage_limit_bytes = $3 where user_id = $1", user.Id, commits, bytes);

    public async Task<long> CountAsync(CloudUserSession user, string table) => long.Parse(
        (await Database.ScalarAsync($"select count(*) from public.{table} where user_id = $1", user.Id))!, CultureInfo.InvariantCulture);

    /// <summary>As after a backup is played back: whatever came behind this push never happened.</summary>
    public Task RestoreAsync(CloudUserSession user, long seq) => CloudRestore.RunAsync((sql, values) => Database.ScalarAsync(sql, values), user.Id, seq);
}
