using CogCommit.LocalCloud;
using Microsoft.Extensions.Time.Testing;

namespace CogCommit.Cloud.Tests.LocalCloud;

/// <summary>For each test a cloud on a clock of its own, over a database that was named to it.</summary>
public abstract class ClockedCloudTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly TestFolder _folder = new();

    private protected FakeTimeProvider Clock { get; } = new(DateTimeOffset.UtcNow);

    private protected CloudServer Server { get; private set; } = null!;

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Server = await CloudServer.StartAsync(
        new CloudOptions { DataFolder = _folder.Path, Url = "http://127.0.0.1:0", PostgresConnection = await postgres.NewDatabaseAsync(), Secret = "the secret" },
        Clock,
        Cancel);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
