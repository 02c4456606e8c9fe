using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace CogCommit.LocalCloud.Postgres;

/// <summary>A PostgreSQL server of our own in a folder of our own. Nobody else reaches it: no TCP listener, and a socket only its owner can get at.</summary>
public sealed class PrivateCluster : IAsyncDisposable
{
    /// <summary>The cluster's superuser, by Supabase's name for it; what is called postgres there, and here, is none.</summary>
    public const string Superuser = "supabase_admin";

    // sun_path holds 104 bytes on the smallest of our systems, and the server appends its own name.
    private const int LongestSocketFolder = 85;
    private const int SocketPort = 5432;

    private readonly ServerAccount account;
    private readonly PostgresPrograms programs;
    private readonly ClusterOptions options;
    private readonly FileStream owner;
    private string host = "";
    private int port = SocketPort;
    private string? password;
    private DirectoryInfo? temporarySockets;
    private Process? watchdog;
    private bool stopped;

    private PrivateCluster(string folder, ServerAccount account, PostgresPrograms programs, ClusterOptions options, FileStream owner)
    {
        (Folder, this.account, this.programs, this.options, this.owner) = (folder, account, programs, options, owner);
    }

    /// <summary>Where the cluster lies. Not always where it was asked for: see <see cref="StartAsync"/>.</summary>
    public string Folder { get; }

    public int Major => programs.Major;

    private string Data => Path.Combine(Folder, "data");

    private string Log => Path.Combine(Folder, "postgres.log");

    /// <summary>Starts the cluster in the folder, and makes it there first if there is none.</summary>
    /// <remarks>Root cannot run PostgreSQL: then its user is postgres, and a folder that user cannot enter is replaced by one under /var/lib/cogcommit.</remarks>
    public static async Task<PrivateCluster> StartAsync(string folder, ClusterOptions? options = null, CancellationToken cancellation = default)
    {
        var account = ServerAccount.Current();
        folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(folder);
        if (!await account.CanEnterAsync(folder, cancellation))
        {
            folder = Path.Combine("/var/lib/cogcommit", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..16]);
            Directory.CreateDirectory(folder);
        }

        var made = Path.Combine(folder, "data", "PG_VERSION");
        var programs = PostgresPrograms.Find(File.Exists(made) ? int.Parse(await File.ReadAllTextAsync(made, cancellation), CultureInfo.InvariantCulture) : null);
        var cluster = new PrivateCluster(folder, account, programs, options ?? new ClusterOptions(), Own(folder));
        try
        {
            await cluster.MakeAsync(cancellation);
            await cluster.RunAsync(cancellation);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public string ConnectionString(string database = "postgres", string user = Superuser) => new NpgsqlConnectionStringBuilder
    {
        Host = host,
        Port = port,
        Database = database,
        Username = user,
        Password = password,
        // Who signs in must be who is meant, and nothing of one database's sessions may linger when it is dropped.
        Passfile = "",
    }.ConnectionString;

    /// <summary>Stops the server: sessions are ended, nothing that was committed is lost.</summary>
    public async ValueTask DisposeAsync()
    {
        if (stopped)
        {
            return;
        }

        stopped = true;
        if (ServerRuns())
        {
            await StopServerAsync(CancellationToken.None);
        }

        if (watchdog is not null)
        {
            watchdog.StandardInput.Close();
            await watchdog.WaitForExitAsync();
            watchdog.Dispose();
        }

        temporarySockets?.Delete(recursive: true);
        await owner.DisposeAsync();
    }

    private static FileStream Own(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, "in-use"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new PostgresUnavailableException($"The cluster in {folder} is in use by another local cloud. Stop that one, or name another folder with --data.", e);
        }
    }

    private async Task MakeAsync(CancellationToken cancellation)
    {
        var passwordFile = Path.Combine(Folder, "password");
        if (!File.Exists(Path.Combine(Data, "PG_VERSION")))
        {
            if (Directory.Exists(Data) && Directory.EnumerateFileSystemEntries(Data).Any())
            {
                // Only a run that died inside initdb leaves this; nothing was ever stored in it.
                Directory.Delete(Data, recursive: true);
            }

            await account.MakeFolderAsync(Data, cancellation);
            await WriteSecretAsync(passwordFile, Convert.ToHexString(RandomNumberGenerator.GetBytes(24)), cancellation);
            await account.GiveAsync(passwordFile, cancellation);
            await CheckAsync(
                "make",
                programs.InitDb,
                ["--pgdata", Data, "--username", Superuser, "--encoding=UTF8", "--locale=C", "--auth-local=trust", "--auth-host=scram-sha-256", "--pwfile", passwordFile, "--no-instructions"],
                cancellation);
        }

        password = options.Loopback ? await File.ReadAllTextAsync(passwordFile, cancellation) : null;
    }

    private static async Task WriteSecretAsync(string path, string secret, CancellationToken cancellation)
    {
        File.Delete(path);
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var file = new FileStream(path, how);
        await file.WriteAsync(Encoding.ASCII.GetBytes(secret), cancellation);
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        // We hold the folder, so whoever still runs in it was left behind by one of us that was killed.
        if (ServerRuns())
        {
            await StopServerAsync(cancellation);
        }

        // What is left now is stale, and the server would not start while any process has the number in it.
        File.Delete(Path.Combine(Data, "postmaster.pid"));

        string listen;
        if (options.Loopback)
        {
            (host, port) = ("127.0.0.1", FreePort());
            listen = $"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories=''";
        }
        else
        {
            (host, port) = (await SocketFolderAsync(cancellation), SocketPort);
            listen = $"-c listen_addresses='' -c port={port} -c unix_socket_directories='{host}' -c unix_socket_permissions=0700";
        }

        var durability = options.Durable ? "" : " -c fsync=off -c synchronous_commit=off -c full_page_writes=off";
        await File.WriteAllTextAsync(Log, "", cancellation);
        await account.GiveAsync(Log, cancellation);
        await CheckAsync(
            "start",
            programs.PgCtl,
            ["start", "--pgdata", Data, "--log", Log, "--wait", "--timeout=60", "--options", listen + durability],
            cancellation);
        Watch();
    }

    /// <summary>Whether the process of the pid file is a server: its number alone may be anybody's by now, and pg_ctl would end that one.</summary>
    private bool ServerRuns()
    {
        var file = Path.Combine(Data, "postmaster.pid");
        if (!File.Exists(file) || !int.TryParse(File.ReadLines(file).FirstOrDefault(), CultureInfo.InvariantCulture, out var pid))
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(pid);
            return process.ProcessName.StartsWith("postgres", StringComparison.Ordinal);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>A shell that outlives us when we are killed, sees our end of its input close, and stops the server.</summary>
    private void Watch()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        watchdog = Process.Start(account.Command(
            "/bin/sh", "-c", "trap '' INT HUP TERM; exec >/dev/null 2>&1; read -r line; exec \"$0\" stop --pgdata \"$1\" --mode=fast", programs.PgCtl, Data))!;
    }

    private async Task<string> SocketFolderAsync(CancellationToken cancellation)
    {
        var folder = Path.Combine(Folder, "socket");
        if (Encoding.UTF8.GetByteCount(folder) > LongestSocketFolder || folder.AsSpan().ContainsAny(" '\",\\"))
        {
            temporarySockets = Directory.CreateTempSubdirectory("cogcommit-");
            folder = temporarySockets.FullName;
        }

        await account.MakeFolderAsync(folder, cancellation);
        return folder;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task StopServerAsync(CancellationToken cancellation) =>
        await account.RunAsync(programs.PgCtl, ["stop", "--pgdata", Data, "--mode=fast", "--wait", "--timeout=60"], cancellation);

    private async Task CheckAsync(string what, string program, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var (exitCode, said) = await account.RunAsync(program, arguments, cancellation);
        if (exitCode != 0)
        {
            var log = File.Exists(Log) ? await File.ReadAllTextAsync(Log, cancellation) : "";
            throw new PostgresUnavailableException($"PostgreSQL could not {what} the cluster in {Folder}: {said}\n{log}".Trim());
        }
    }
}
