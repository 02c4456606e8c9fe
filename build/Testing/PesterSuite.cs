using System.Text.Json;
using CogCommit.Build.Pack;

namespace CogCommit.Build.Testing;

/// <summary>What only a real PowerShell shows: tests/Pester.</summary>
internal sealed class PesterSuite(Children children, RealPowerShell shell, (string Version, string Manifest) pester, string results, Package package)
{
    // What came of it goes to a file: -PassThru objects would mix with Pester's output.
    private const string Script = """
        $ErrorActionPreference = 'Stop'
        Import-Module $env:COGCOMMIT_PESTER_MODULE
        $settings = New-PesterConfiguration
        $settings.Run.Path = $env:COGCOMMIT_PESTER_PATH
        $settings.Run.PassThru = $true
        $result = Invoke-Pester -Configuration $settings
        # A block fails in what stands around its tests; a container is a file that could not be read, or what stands around all of it.
        $failed = @($result.Failed) + @($result.FailedBlocks) + @($result.FailedContainers)
        @{
            Passed = $result.PassedCount
            Skipped = $result.SkippedCount + $result.NotRunCount
            Failed = @($failed | ForEach-Object { "$($_.ExpandedPath ? $_.ExpandedPath : $_.Item): $($_.ErrorRecord -join ' ')" })
        } | ConvertTo-Json | Set-Content -LiteralPath $env:COGCOMMIT_PESTER_RESULT
        """;

    public string Name { get; } = $"Pester {pester.Version}";

    public SuiteResult Run()
    {
        var report = Path.Combine(results, $"pester-{pester.Version}.json");
        File.Delete(report);
        var outcome = shell.Run(children, Script, new Dictionary<string, string?>
        {
            ["COGCOMMIT_PESTER_MODULE"] = pester.Manifest,
            ["COGCOMMIT_PESTER_PATH"] = Repository.PathOf("tests", "Pester"),
            ["COGCOMMIT_PESTER_RESULT"] = report,
            [Package.Variable] = package.Manifest,
        }, SuiteResult.Limit);
        return (outcome.InTime ? Read(report) : SuiteResult.TooLong(Name)) with { Said = outcome.Said };
    }

    private SuiteResult Read(string report)
    {
        if (!File.Exists(report))
        {
            return SuiteResult.Broken(Name, "it left no result");
        }

        var counts = JsonSerializer.Deserialize<Counts>(File.ReadAllText(report))!;
        return new SuiteResult(Name, counts.Passed, counts.Failed.Count, counts.Skipped) { Failures = counts.Failed }.Checked();
    }

    private sealed record Counts(int Passed, int Skipped, IReadOnlyList<string> Failed);
}
