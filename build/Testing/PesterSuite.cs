using System.Globalization;
using CogCommit.Build.Pack;

namespace CogCommit.Build.Testing;

/// <summary>The suite for people's own PowerShell, where there is one.</summary>
internal sealed class PesterSuite(Children children, string results, Package package)
{
    private const string Name = "Pester";

    // Prints the count on a line of its own: -PassThru objects would mix with Pester's output.
    private const string Script = """
        $ErrorActionPreference = 'Stop'
        Import-Module Pester -MinimumVersion 5.0
        $result = Invoke-Pester -Path $env:COGCOMMIT_PESTER_PATH -PassThru
        "$($result.PassedCount) $($result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount) $($result.SkippedCount + $result.NotRunCount)" |
            Set-Content -LiteralPath $env:COGCOMMIT_PESTER_RESULT
        """;

    /// <summary>Null when it cannot run here, which it says in one line.</summary>
    public SuiteResult? Run()
    {
        var tests = Repository.PathOf("tests", "Pester");
        if (Missing(tests) is { } missing)
        {
            Console.WriteLine($"Pester: not run, {missing}.");
            return null;
        }

        var report = Path.Combine(results, "pester.txt");
        File.Delete(report);
        var environment = new Dictionary<string, string?>
        {
            ["COGCOMMIT_PESTER_PATH"] = tests,
            ["COGCOMMIT_PESTER_RESULT"] = report,
            [Package.Variable] = package.Manifest,
        };
        children.Run("pwsh", ["-NoProfile", "-NonInteractive", "-Command", Script], environment);
        if (!File.Exists(report))
        {
            return SuiteResult.Broken(Name, "it left no result");
        }

        var counts = File.ReadAllText(report).Split(' ', StringSplitOptions.TrimEntries).Select(count => int.Parse(count, CultureInfo.InvariantCulture)).ToArray();
        return new SuiteResult(Name, counts[0], counts[1], counts[2]).Checked();
    }

    private string? Missing(string tests) =>
        Programs.Find("pwsh") is null ? "pwsh is not on this machine"
        : children.Capture("pwsh", "-NoProfile", "-NonInteractive", "-Command", "@(Get-Module Pester -ListAvailable | Where-Object Version -ge '5.0').Count").Output.Trim() is "0" or "" ? "pwsh has no Pester 5"
        : !Directory.Exists(tests) ? "there is no tests/Pester"
        : null;
}
