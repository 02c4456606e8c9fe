namespace CogCommit.Cloud.Tests.Sql;

/// <summary>A class of tests with a database of its own; each test makes its own users in it.</summary>
public abstract class SqlTests(PostgresFixture postgres) : IAsyncLifetime
{
    protected CloudDatabase Cloud { get; private set; } = null!;

    protected PostgresFixture Postgres => postgres;

    public virtual async ValueTask InitializeAsync() => Cloud = new CloudDatabase(await postgres.NewDatabaseAsync());

    public virtual async ValueTask DisposeAsync()
    {
        await Cloud.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
