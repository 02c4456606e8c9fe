using System.Collections.Concurrent;
using CogCommit.Build.Pack;

namespace CogCommit.Build.Testing;

/// <summary>Builds everything, packs the module and runs every suite, those of the module against the package; the last line counts over all of them.</summary>
internal sealed class TestTask(Children children)
{
    private const string OfTheCloud = "CogCommit.Cloud.Tests";
    private const string OfTheModule = "CogCommit.PowerShell.Tests";

    // Its clocks move when the work that they began is over: beside other suites a day takes twice as long.
    private const string Day = OfTheCloud + ".Day";

    // Every cmdlet on every bad network: as long as all else of the module's.
    private const string Secrets = OfTheModule + ".Secrets";

    public int Run()
    {
        new PostgresPrograms(children).Ensure();
        var shell = RealPowerShell.Find(children);
        var pester = PesterModule.Restore(children);
        new Solution(children).Build();
        // What users get is what is tested.
        var package = new PackTask(children) { IsAnalyzed = true }.Pack();
        RamDisk.Use(children);
        // No suite lives long enough for what the runtime would learn of it to pay.
        Environment.SetEnvironmentVariable("DOTNET_TieredPGO", "0");

        var results = new SuiteResults(Repository.PathOf("out", "tests"));
        var day = Xunit(results, package, OfTheCloud, only: Day);
        results.Add(day.Name, day.Run);
        // Two at a time, for most of them do one thing after the other; the longest first, so that none is left to the end.
        var order = Partitioner.Create(Work(results, package, new PesterSuite(children, shell, pester, results.Folder, package)), EnumerablePartitionerOptions.NoBuffering);
        Parallel.ForEach(order, new ParallelOptions { MaxDegreeOfParallelism = 2 }, suite => results.Add(suite.Name, suite.Run));
        return results.Report();
    }

    private IEnumerable<(string Name, Func<SuiteResult> Run)> Work(SuiteResults results, Package package, PesterSuite pester) =>
    [
        Xunit(results, package, OfTheCloud, except: Day),
        Xunit(results, package, OfTheModule, except: Secrets),
        Xunit(results, package, OfTheModule, only: Secrets),
        (pester.Name, pester.Run),
        .. Suites().Except([OfTheCloud, OfTheModule]).Select(suite => Xunit(results, package, suite)),
        (DemoSuite.Name, new DemoSuite(children).Run),
    ];

    private (string Name, Func<SuiteResult> Run) Xunit(SuiteResults results, Package package, string suite, string? only = null, string? except = null)
    {
        var title = only ?? suite;
        return (title, new XunitSuite(children, suite, results.Folder)
        {
            Title = title,
            Limit = SuiteResult.Limit,
            Namespace = only,
            ExceptNamespace = except,
            Environment = new Dictionary<string, string?>
            {
                [SuiteResults.FiguresVariable] = results.FiguresFile(title),
                [Package.Variable] = package.Manifest,
            },
        }.Run);
    }

    private static IEnumerable<string> Suites() =>
        Directory.EnumerateFiles(Repository.PathOf("tests"), "*.Tests.csproj", SearchOption.AllDirectories)
            .Select(project => Path.GetFileNameWithoutExtension(project)!)
            .Order(StringComparer.Ordinal);
}
