using CogCommit.Build.Pack;

namespace CogCommit.Build.Testing;

/// <summary>Builds everything, packs the module and runs every suite, those of the module against the package; the last line counts over all of them.</summary>
internal sealed class TestTask(Children children)
{
    private const string OfTheModule = "CogCommit.PowerShell.Tests";

    public int Run()
    {
        new PostgresPrograms(children).Ensure();
        var shell = RealPowerShell.Find(children);
        var pesters = PesterVersions.Restore(children);
        new Solution(children).Build();
        // What users get is what is tested.
        var package = new PackTask(children).Pack();

        var results = new SuiteResults(Repository.PathOf("out", "tests"));
        // The module's own suite is the longest and does one thing after the other: the rest runs beside it.
        Parallel.Invoke(
            () => RunXunit([OfTheModule], results, package),
            () =>
            {
                RunXunit(Suites().Where(suite => suite != OfTheModule), results, package);
                results.Add(DemoSuite.Name, new DemoSuite(children).Run);
                foreach (var pester in pesters.Select(pester => new PesterSuite(children, shell, pester, results.Folder, package)))
                {
                    results.Add(pester.Name, pester.Run);
                }
            });
        return results.Report();
    }

    private void RunXunit(IEnumerable<string> suites, SuiteResults results, Package package)
    {
        foreach (var suite in suites)
        {
            results.Add(suite, new XunitSuite(children, suite, results.Folder)
            {
                Environment = new Dictionary<string, string?>
                {
                    [SuiteResults.FiguresVariable] = results.FiguresFile(suite),
                    [Package.Variable] = package.Manifest,
                },
            }.Run);
        }
    }

    private static IEnumerable<string> Suites() =>
        Directory.EnumerateFiles(Repository.PathOf("tests"), "*.Tests.csproj", SearchOption.AllDirectories)
            .Select(project => Path.GetFileNameWithoutExtension(project)!)
            .Order(StringComparer.Ordinal);
}
