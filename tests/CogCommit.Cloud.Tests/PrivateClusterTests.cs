using System.Diagnostics;
using System.Globalization;
using CogCommit.LocalCloud.Postgres;
using Npgsql;

namespace CogCommit.Cloud.Tests;

public sealed class PrivateClusterTests : IDisposable
{
    private static readonly ClusterOptions Fast = new() { Durable = false };

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cogcommit-test-");

    public PrivateClusterTests()
    {
        if (!OperatingSystem.IsWindows())
        {
            // A folder made by mkdtemp is closed to the server's user; the cluster is about ordinary folders here.
            folder.UnixFileMode |= UnixFileMode.OtherExecute | UnixFileMode.GroupExecute;
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task What_was_stored_is_there_after_a_stop_and_a_start()
    {
        await using (var cluster = await StartAsync())
        {
            await ExecuteAsync(cluster, "create table t (x int); insert into t values (7)");
        }

        await using var again = await StartAsync();
        Assert.Equal("7", await ScalarAsync(again, "select x::text from t"));
    }

    [Fact]
    public async Task The_server_does_not_run_as_root_and_listens_on_no_port()
    {
        await using var cluster = await StartAsync();
        Assert.Equal("", await ScalarAsync(cluster, "show listen_addresses"));
        if (OperatingSystem.IsLinux())
        {
            var pid = File.ReadLines(Path.Combine(cluster.Folder, "data", "postmaster.pid")).First();
            var user = File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal));
            Assert.NotEqual("0", user.Split('\t')[1]);
        }
    }

    [Fact]
    public async Task A_second_owner_of_the_same_folder_is_refused()
    {
        await using var cluster = await StartAsync();
        var refused = await Assert.ThrowsAsync<PostgresUnavailableException>(StartAsync);
        Assert.Contains("in use", refused.Message, StringComparison.Ordinal);
        Assert.Equal("1", await ScalarAsync(cluster, "select '1'"));
    }

    [Fact]
    public async Task A_stale_pid_file_does_not_stop_it()
    {
        await using (await StartAsync())
        {
        }

        // The pid of a process that lives and is no PostgreSQL: our own.
        var pid = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "data", "postmaster.pid"), $"{pid}\n{folder.FullName}/data\n1\n5432\n\n\n\n\n", TestContext.Current.CancellationToken);
        await using var again = await StartAsync();
        Assert.Equal("1", await ScalarAsync(again, "select '1'"));
    }

    [Fact]
    public async Task A_server_that_was_killed_recovers()
    {
        await using (var cluster = await PrivateCluster.StartAsync(folder.FullName, cancellation: TestContext.Current.CancellationToken))
        {
            await ExecuteAsync(cluster, "create table t (x int); insert into t values (7)");
            var pid = int.Parse(File.ReadLines(Path.Combine(cluster.Folder, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);
            using var server = Process.GetProcessById(pid);
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await using var again = await StartAsync();
        Assert.Equal("7", await ScalarAsync(again, "select x::text from t"));
    }

    [Fact]
    public async Task On_loopback_the_password_is_asked_for()
    {
        await using var cluster = await PrivateCluster.StartAsync(folder.FullName, Fast with { Loopback = true }, TestContext.Current.CancellationToken);
        Assert.Equal("1", await ScalarAsync(cluster, "select '1'"));
        var wrong = new NpgsqlConnectionStringBuilder(cluster.ConnectionString()) { Password = "guessed", Pooling = false }.ConnectionString;
        await using var connection = new NpgsqlConnection(wrong);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync(TestContext.Current.CancellationToken));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
    }

    [Fact]
    public async Task A_path_too_long_for_a_socket_still_works()
    {
        var deep = Path.Combine(folder.FullName, new string('d', 120));
        await using var cluster = await PrivateCluster.StartAsync(deep, Fast, TestContext.Current.CancellationToken);
        Assert.Equal("1", await ScalarAsync(cluster, "select '1'"));
    }

    private Task<PrivateCluster> StartAsync() => PrivateCluster.StartAsync(folder.FullName, Fast, TestContext.Current.CancellationToken);

    private static async Task ExecuteAsync(PrivateCluster cluster, string sql)
    {
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString());
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<string?> ScalarAsync(PrivateCluster cluster, string sql)
    {
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString());
        await using var command = source.CreateCommand(sql);
        return (string?)await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
