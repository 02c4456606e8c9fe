using System.Globalization;
using CogCommit.Build.Pack;

namespace CogCommit.Build.Testing;

/// <summary>What only a real PowerShell shows: tests/Pester.</summary>
internal sealed class PesterSuite(Children children, RealPowerShell shell, (string Version, string Manifest) pester, string results, Package package)
{
    // The count goes to a file: -PassThru objects would mix with Pester's output.
    private const string Script = """
        $ErrorActionPreference = 'Stop'
        Import-Module $env:COGCOMMIT_PESTER_MODULE
        $settings = New-PesterConfiguration
        $settings.Run.Path = $env:COGCOMMIT_PESTER_PATH
        $settings.Run.PassThru = $true
        $result = Invoke-Pester -Configuration $settings
        "$($result.PassedCount) $($result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount) $($result.SkippedCount + $result.NotRunCount)" |
            Set-Content -LiteralPath $env:COGCOMMIT_PESTER_RESULT
        """;

    public string Name { get; } = $"Pester {pester.Version}";

    public SuiteResult Run()
    {
        var report = Path.Combine(results, $"pester-{pester.Version}.txt");
        File.Delete(report);
        var said = shell.Run(children, Script, new Dictionary<string, string?>
        {
            ["COGCOMMIT_PESTER_MODULE"] = pester.Manifest,
            ["COGCOMMIT_PESTER_PATH"] = Repository.PathOf("tests", "Pester"),
            ["COGCOMMIT_PESTER_RESULT"] = report,
            [Package.Variable] = package.Manifest,
        });
        if (!File.Exists(report))
        {
            return SuiteResult.Broken(Name, "it left no result") with { Said = said };
        }

        var counts = File.ReadAllText(report).Split(' ', StringSplitOptions.TrimEntries).Select(count => int.Parse(count, CultureInfo.InvariantCulture)).ToArray();
        return new SuiteResult(Name, counts[0], counts[1], counts[2]) { Said = said }.Checked();
    }
}
