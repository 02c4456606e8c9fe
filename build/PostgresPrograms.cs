using System.Globalization;
using System.Text.RegularExpressions;

namespace CogCommit.Build;

/// <summary>
/// The local cloud needs PostgreSQL's programs (initdb, postgres), not a running server: it makes a private cluster of its own.
/// </summary>
internal sealed partial class PostgresPrograms(Children children)
{
    // The oldest that the cloud's migrations run on.
    private const int OldestMajor = 15;

    // Debian's packages make a cluster and start it unless told otherwise; nobody asked for a server on this machine.
    private const string NoCluster = "/etc/postgresql-common/createcluster.d/no-cluster-for-cogcommit.conf";

    public void Ensure()
    {
        if (AreThere())
        {
            return;
        }

        if (!OperatingSystem.IsLinux() || Programs.Find("apt-get") is null)
        {
            throw new BuildException($"""
                The local cloud needs PostgreSQL {OldestMajor} or newer, and its programs (initdb, postgres) are not on this machine. Install them:
                  {HowToInstall()}
                and run this again. Nothing has to be configured or started.
                """);
        }

        Console.WriteLine("PostgreSQL is not here: installing its programs with apt-get (no server is set up or started).");
        var root = Environment.IsPrivilegedProcess;
        if (!root && Programs.Find("sudo") is null)
        {
            throw new BuildException("Installing needs root and there is no sudo. As root run: apt-get install postgresql");
        }

        Privileged(root, "mkdir", "-p", Path.GetDirectoryName(NoCluster)!);
        Privileged(root, "sh", "-c", $"echo 'create_main_cluster = false' > {NoCluster}");
        try
        {
            Privileged(root, "apt-get", "update", "-q");
            Privileged(root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-q", "--no-install-recommends", "postgresql");
        }
        finally
        {
            Privileged(root, "rm", "-f", NoCluster);
        }

        if (!AreThere())
        {
            throw new BuildException($"apt-get installed postgresql, but not in version {OldestMajor} or newer. Install that from https://www.postgresql.org/download/ and run this again.");
        }
    }

    private bool AreThere() =>
        Folders().Any(folder => Has(folder, "initdb") && Has(folder, "postgres") && Major(folder) >= OldestMajor);

    private int Major(string folder) =>
        Version().Match(children.Capture(Path.Combine(folder, "postgres"), "--version").Output) is { Success: true } version
            ? int.Parse(version.Groups[1].Value, CultureInfo.InvariantCulture)
            : 0;

    private static bool Has(string folder, string program) =>
        File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, program + ".exe"));

    private static IEnumerable<string> Folders()
    {
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        {
            yield return folder;
        }

        string[] roots =
        [
            "/usr/lib/postgresql", "/usr/libexec/postgresql", "/opt/homebrew/opt", "/usr/local/opt", "/Applications/Postgres.app/Contents/Versions",
            Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL"),
        ];
        foreach (var root in roots.Where(Directory.Exists))
        {
            foreach (var version in Directory.EnumerateDirectories(root))
            {
                yield return Path.Combine(version, "bin");
            }
        }

        yield return "/usr/pgsql/bin";
    }

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex Version();

    private static string HowToInstall() =>
        OperatingSystem.IsWindows() ? "winget install PostgreSQL.PostgreSQL.17"
        : OperatingSystem.IsMacOS() ? "brew install postgresql@17"
        : Programs.Find("dnf") is not null ? "sudo dnf install postgresql-server"
        : Programs.Find("pacman") is not null ? "sudo pacman -S postgresql"
        : Programs.Find("apk") is not null ? "apk add postgresql"
        : "the package 'postgresql' of your system";

    private void Privileged(bool root, string program, params string[] arguments)
    {
        // -n: sudo must not wait for a password that nobody is there to type.
        string[] line = root ? [program, .. arguments] : ["sudo", "-n", program, .. arguments];
        if (children.Run(line[0], line[1..]) != 0)
        {
            throw new BuildException($"'{string.Join(' ', line)}' failed. Install PostgreSQL yourself (sudo apt-get install postgresql) and run this again.");
        }
    }
}
