using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CogCommit.LocalCloud.Postgres;

/// <summary>A folder that holds one version's initdb, pg_ctl and postgres.</summary>
/// <param name="Folder">Full path.</param>
/// <param name="Major">15, 16, ...</param>
public sealed partial record PostgresPrograms(string Folder, int Major)
{
    /// <summary>The oldest version the migrations run on.</summary>
    public const int OldestMajor = 15;

    public string InitDb => PathOf("initdb");

    public string PgCtl => PathOf("pg_ctl");

    /// <summary>The newest version found here, or exactly <paramref name="major"/>: a cluster opens only with the version that made it.</summary>
    /// <exception cref="PostgresUnavailableException">There is none; says what to install.</exception>
    public static PostgresPrograms Find(int? major = null)
    {
        var found = Candidates()
            .Where(folder => Has(folder, "initdb") && Has(folder, "pg_ctl") && Has(folder, "postgres"))
            .Distinct(StringComparer.Ordinal)
            .Select(folder => new PostgresPrograms(folder, MajorOf(folder)))
            .ToList();
        var usable = found.Where(programs => major is null ? programs.Major >= OldestMajor : programs.Major == major);
        return usable.MaxBy(programs => programs.Major) ?? throw new PostgresUnavailableException(Missing(major, found));
    }

    private static string Missing(int? major, List<PostgresPrograms> found)
    {
        var wanted = major is null ? $"{OldestMajor} or newer" : major.Value.ToString(CultureInfo.InvariantCulture);
        var here = found.Count == 0 ? "none is here" : $"here: {string.Join(", ", found.Select(programs => $"{programs.Major} in {programs.Folder}"))}";
        var install = OperatingSystem.IsMacOS() ? "brew install postgresql"
            : OperatingSystem.IsWindows() ? "winget install PostgreSQL.PostgreSQL.17"
            : major is null ? "apt-get install postgresql" : $"apt-get install postgresql-{major}";
        return $"The local cloud needs PostgreSQL's programs, version {wanted} ({here}). Install them ({install}), put their folder on PATH, or name a server with --postgres.";
    }

    private static IEnumerable<string> Candidates()
    {
        string[] roots = OperatingSystem.IsWindows()
            ? [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL")]
            : ["/usr/lib/postgresql", "/usr/libexec/postgresql", "/opt/homebrew/opt", "/usr/local/opt", "/Applications/Postgres.app/Contents/Versions"];
        foreach (var version in roots.Where(Directory.Exists).SelectMany(root => Directory.EnumerateDirectories(root)))
        {
            yield return Path.Combine(version, "bin");
            yield return version;
        }

        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            yield return folder;
            if (Has(folder, "pg_config"))
            {
                yield return Output(Path.Combine(folder, Program("pg_config")), "--bindir");
            }
        }
    }

    private static int MajorOf(string folder)
    {
        var version = Output(Path.Combine(folder, Program("postgres")), "--version");
        return VersionNumber().Match(version) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
    }

    private static string Output(string program, string argument)
    {
        using var process = Process.Start(new ProcessStartInfo(program, [argument]) { RedirectStandardOutput = true })!;
        var text = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return text;
    }

    private static string Program(string name) => OperatingSystem.IsWindows() ? name + ".exe" : name;

    private static bool Has(string folder, string program) => File.Exists(Path.Combine(folder, Program(program)));

    private string PathOf(string program) => Path.Combine(Folder, Program(program));

    [GeneratedRegex(@"\) (\d+)")]
    private static partial Regex VersionNumber();
}
