using System.Diagnostics;
using System.Text.Json;

namespace CogCommit.Bench.Measuring;

/// <summary>A PowerShell of its own, with the module as it was built. Null where there is none.</summary>
internal sealed class PowerShellProcess
{
    /// <summary>Names the program; set by the task, which installs one where none is.</summary>
    public const string Variable = "COGCOMMIT_BENCH_PWSH";

    /// <summary>How a script ends: figures by name, with the memory of its process. What follows closes the table.</summary>
    public const string Say = "$peak = (Get-Content \"/proc/$PID/status\" | Where-Object { $_ -like 'VmHWM:*' }) -replace '\\D'; ConvertTo-Json @{ memory = 1024.0 * $peak;";

    private readonly string _program;

    private PowerShellProcess(string program) => _program = program;

    public static string Manifest { get; } = FindManifest();

    public static PowerShellProcess? Find()
    {
        var named = Environment.GetEnvironmentVariable(Variable) ?? "pwsh";
        var paths = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, named));
        return paths.Prepend(named).FirstOrDefault(File.Exists) is { } program ? new PowerShellProcess(Path.GetFullPath(program)) : null;
    }

    /// <summary>The line that imports the module.</summary>
    public static string Import { get; } = $"Import-Module '{Manifest}'";

    /// <summary>Runs a script, which ends with <see cref="Say"/>.</summary>
    public Dictionary<string, double> Run(string script, string home)
    {
        using var process = Start($"$ErrorActionPreference = 'Stop'\n{script}", home);
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? JsonSerializer.Deserialize<Dictionary<string, double>>(said)! : throw new InvalidOperationException($"PowerShell ended with {process.ExitCode}.");
    }

    /// <summary>Seconds from start to end of a process that runs only this.</summary>
    public double Time(string script, string home) => Rounds.Time(() =>
    {
        using var process = Start(script, home);
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
    });

    public Process Start(string script, string home, IReadOnlyList<KeyValuePair<string, string>>? variables = null)
    {
        var start = new ProcessStartInfo(_program, ["-NoProfile", "-NonInteractive", "-Command", script]) { RedirectStandardOutput = true };
        start.Environment["COGCOMMIT_HOME"] = home;
        start.Environment["CLAUDE_CONFIG_DIR"] = Path.Combine(home, "claude");
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        foreach (var (name, value) in variables ?? [])
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static string FindManifest()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var manifest = Path.Combine(folder.FullName, "CogCommit.psd1");
            if (File.Exists(manifest))
            {
                return manifest;
            }
        }

        throw new InvalidOperationException("No CogCommit.psd1 above the program: run it from a clone.");
    }
}
