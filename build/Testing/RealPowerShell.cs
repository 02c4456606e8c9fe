using System.Xml.Linq;

namespace CogCommit.Build.Testing;

/// <summary>A PowerShell as people have it: the one on PATH, else one of the version whose engine the other suites host.</summary>
internal sealed class RealPowerShell
{
    private static readonly string Folder = Repository.PathOf("out", "pwsh");

    private RealPowerShell(string program) => Program = program;

    public string Program { get; }

    /// <exception cref="BuildException">There is none, and none could be installed.</exception>
    public static RealPowerShell Find(Children children)
    {
        if (Programs.Find("pwsh") is { } theirs)
        {
            return new RealPowerShell(theirs);
        }

        var version = Version();
        var ours = Path.Combine(Folder, version, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh");
        if (!File.Exists(ours))
        {
            Console.WriteLine($"PowerShell is not on this machine: installing the dotnet tool into {Folder} ...");
            if (children.Run(Programs.Dotnet, ["tool", "install", "PowerShell", "--version", version, "--tool-path", Path.GetDirectoryName(ours)!]) != 0)
            {
                throw new BuildException("PowerShell could not be installed.");
            }
        }

        return new RealPowerShell(ours);
    }

    /// <summary>Runs a script, which says by files what came of it. What it starts finds the same PowerShell.</summary>
    public ChildOutcome Run(Children children, string script, IReadOnlyDictionary<string, string?> environment, TimeSpan limit) => children.RunAside(
        Program,
        ["-NoProfile", "-NonInteractive", "-Command", script],
        new Dictionary<string, string?>(environment)
        {
            ["PATH"] = $"{Path.GetDirectoryName(Program)}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}",
            ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",
            ["POWERSHELL_UPDATECHECK"] = "Off",
        },
        limit);

    private static string Version() => XDocument.Load(Repository.PathOf("Directory.Packages.props"))
        .Descendants("PackageVersion").Single(package => (string?)package.Attribute("Include") == "System.Management.Automation").Attribute("Version")!.Value;
}
