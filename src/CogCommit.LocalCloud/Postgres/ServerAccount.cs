using System.Diagnostics;

namespace CogCommit.LocalCloud.Postgres;

/// <summary>Whom PostgreSQL's programs run as: ourselves, or the system's postgres user when we are root, as which they refuse to run.</summary>
public sealed class ServerAccount
{
    private static readonly string[] SystemFolders = ["/usr/bin", "/bin", "/usr/sbin", "/sbin"];

    private readonly string[] prefix;

    private ServerAccount(string? user, string[] prefix)
    {
        User = user;
        this.prefix = prefix;
    }

    /// <summary>The system user, or null: ourselves.</summary>
    public string? User { get; }

    public static ServerAccount Current()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return new ServerAccount(null, []);
        }

        if (!File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)))
        {
            throw new PostgresUnavailableException("PostgreSQL does not run as root, and there is no system user postgres to run it as. Make one (adduser --system --group postgres), or start the local cloud as an ordinary user.");
        }

        string[]? found = Which("setpriv") is { } setpriv ? [setpriv, "--reuid=postgres", "--regid=postgres", "--init-groups", "--"]
            : Which("runuser") is { } runuser ? [runuser, "-u", "postgres", "--"]
            : null;
        return new ServerAccount("postgres", found
            ?? throw new PostgresUnavailableException("PostgreSQL does not run as root, and neither setpriv nor runuser is here to change to the user postgres. Install util-linux, or start the local cloud as an ordinary user."));
    }

    public ProcessStartInfo Command(string program, params IEnumerable<string> arguments)
    {
        string[] all = [.. prefix, program, .. arguments];
        var start = new ProcessStartInfo(all[0], all[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Our own folder may be closed to that user, and PostgreSQL's programs look at theirs when they start.
            WorkingDirectory = OperatingSystem.IsWindows() ? Path.GetTempPath() : "/",
        };
        // Whoever runs us may point psql at a server of theirs: the private cluster must not listen to that.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C";
        return start;
    }

    /// <summary>Runs to the end and gives exit code and everything it said.</summary>
    public async Task<(int ExitCode, string Said)> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        using var process = Process.Start(Command(program, arguments))!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, (await output + await error).Trim());
    }

    /// <summary>Whether the server's user can enter the folder: root's own home, for one, is closed to it.</summary>
    public async Task<bool> CanEnterAsync(string folder, CancellationToken cancellation) =>
        User is null || (await RunAsync("/bin/sh", ["-c", "test -x \"$0\"", folder], cancellation)).ExitCode == 0;

    /// <summary>Makes the folder, for its owner alone, and the server's.</summary>
    public async Task MakeFolderAsync(string folder, CancellationToken cancellation)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await GiveAsync(folder, cancellation);
    }

    /// <summary>Makes the server's user the owner of a file or folder.</summary>
    public async Task GiveAsync(string path, CancellationToken cancellation)
    {
        if (User is null)
        {
            return;
        }

        using var chown = Process.Start(new ProcessStartInfo("chown", [$"{User}:", path]) { RedirectStandardError = true })!;
        var error = await chown.StandardError.ReadToEndAsync(cancellation);
        await chown.WaitForExitAsync(cancellation);
        if (chown.ExitCode != 0)
        {
            throw new PostgresUnavailableException($"{path} cannot be given to the user {User}: {error.Trim()}");
        }
    }

    private static string? Which(string program) =>
        SystemFolders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
