using CogCommit.Cloud.Tests;
using CogCommit.LocalCloud.Postgres;
using Npgsql;

namespace CogCommit.Bench.Machines;

/// <summary>A cloud on this machine: a PostgreSQL of its own, and the local cloud before it as a process of its own. No quota is in the way.</summary>
internal sealed class BenchCloud : IDisposable
{
    private readonly PrivateCluster _cluster;
    private readonly LocalCloudProcess _process;
    private int _users;

    private BenchCloud(PrivateCluster cluster, LocalCloudProcess process)
    {
        (_cluster, _process) = (cluster, process);
        Database = NpgsqlDataSource.Create(cluster.ConnectionString());
        Execute("alter table public.user_quotas alter commit_limit set default 100000000, alter storage_limit_bytes set default 1000000000000000");
    }

    /// <summary>Beside the wire, as the superuser.</summary>
    public NpgsqlDataSource Database { get; }

    /// <param name="folder">Empty.</param>
    public static BenchCloud Start(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            // Where we are root the server runs as another user, which must get in.
            foreach (var at in new[] { Path.GetDirectoryName(folder)!, folder })
            {
                File.SetUnixFileMode(at, File.GetUnixFileMode(at) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
            }
        }

        // Not durable: what the disk makes of a commit is the machine's, and as dear on both sides.
        var cluster = PrivateCluster.StartAsync(Path.Combine(folder, "postgres"), new ClusterOptions { Durable = false }).GetAwaiter().GetResult();
        var process = LocalCloudProcess.StartAsync(
            Path.Combine(AppContext.BaseDirectory, "CogCommit.LocalCloud.dll"),
            "--data", Path.Combine(folder, "cloud"), "--postgres", cluster.ConnectionString()).GetAwaiter().GetResult();
        return new BenchCloud(cluster, process);
    }

    /// <summary>A machine of a new user.</summary>
    /// <param name="home">Its store; null: none yet.</param>
    /// <param name="folder">Empty; the machine's home comes here.</param>
    public BenchMachine NewUser(string? home, string folder) => NewMachine($"user-{++_users}", home, folder);

    /// <summary>One more machine of a user.</summary>
    public BenchMachine NewMachine(string user, string? home, string folder)
    {
        var token = _process.RefreshTokenAsync(user).GetAwaiter().GetResult();
        return new BenchMachine(user, home, folder, _process.Url, _process.AnonKey, token);
    }

    public void Execute(string sql, params object[] values) => Scalar<object>(sql, values);

    public T? Scalar<T>(string sql, params object[] values)
    {
        // Our own words, and values beside them.
        using var command = Database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command.ExecuteScalar() is T found ? found : default;
    }

    public void Dispose()
    {
        _process.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Database.Dispose();
        _cluster.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
