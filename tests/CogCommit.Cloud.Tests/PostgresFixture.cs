using System.Globalization;
using CogCommit.LocalCloud.Postgres;
using Npgsql;

[assembly: AssemblyFixture(typeof(CogCommit.Cloud.Tests.PostgresFixture))]

namespace CogCommit.Cloud.Tests;

/// <summary>One cluster per test run, and in it a database with everything applied, of which every test class gets a copy.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private const string Template = "cogcommit_template";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cogcommit-test-");
    private readonly SemaphoreSlim copying = new(1);
    private int count;

    public PrivateCluster Cluster { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (!OperatingSystem.IsWindows())
        {
            // Where we are root the server runs as another user, which must get in.
            folder.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        }

        Cluster = await PrivateCluster.StartAsync(folder.FullName, new ClusterOptions { Durable = false });
        await ExecuteAsync("postgres", $"create database {Template}");
        await using (var superuser = new NpgsqlConnection(Unpooled(Template, PrivateCluster.Superuser)))
        {
            await superuser.OpenAsync();
            await SupabaseBase.ApplyAsync(superuser);
        }

        await using var owner = new NpgsqlConnection(Unpooled(Template, SupabaseBase.MigrationRole));
        await owner.OpenAsync();
        await Migrations.ApplyAsync(owner);
    }

    /// <summary>A fresh database with the base and all migrations. Gives its superuser's connection string.</summary>
    public Task<string> NewDatabaseAsync() => CopyAsync(Template);

    /// <summary>A fresh database with nothing in it but what PostgreSQL brings.</summary>
    public Task<string> NewEmptyDatabaseAsync() => CopyAsync("template0");

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await Cluster.DisposeAsync();
        copying.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task<string> CopyAsync(string template)
    {
        var name = "test_" + Interlocked.Increment(ref count).ToString(CultureInfo.InvariantCulture);
        await copying.WaitAsync();
        try
        {
            await ExecuteAsync("postgres", $"create database {name} template {template}");
            // An owner is not copied with a database, and the migrations' role is this one's by that.
            await ExecuteAsync("postgres", $"do $$ begin if exists (select from pg_roles where rolname = 'postgres') then alter database {name} owner to postgres; end if; end $$");
        }
        finally
        {
            copying.Release();
        }

        return Cluster.ConnectionString(name);
    }

    private string Unpooled(string database, string user) =>
        new NpgsqlConnectionStringBuilder(Cluster.ConnectionString(database, user)) { Pooling = false }.ConnectionString;

    private async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(Unpooled(database, PrivateCluster.Superuser));
        await connection.OpenAsync();
        // Names made here, of letters and digits.
#pragma warning disable CA2100
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
