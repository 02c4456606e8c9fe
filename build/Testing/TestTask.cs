using CogCommit.Build.Pack;

namespace CogCommit.Build.Testing;

/// <summary>Builds everything, packs the module and runs every suite, those of the module against the package; the last line counts over all of them.</summary>
internal sealed class TestTask(Children children)
{
    public int Run()
    {
        new PostgresPrograms(children).Ensure();
        var shell = RealPowerShell.Find(children);
        var pesters = PesterVersions.Restore(children);
        new Solution(children).Build();
        // What users get is what is tested.
        var package = new PackTask(children).Pack();

        var results = new SuiteResults(Repository.PathOf("out", "tests"));
        foreach (var suite in Suites())
        {
            results.Add(new XunitSuite(children, suite, results.Folder)
            {
                Environment = new Dictionary<string, string?>
                {
                    [SuiteResults.FiguresVariable] = results.FiguresFile,
                    [Package.Variable] = package.Manifest,
                },
            }.Run);
        }

        results.Add(new DemoSuite(children).Run);
        foreach (var pester in pesters)
        {
            results.Add(new PesterSuite(children, shell, pester, results.Folder, package).Run);
        }

        return results.Report();
    }

    private static IEnumerable<string> Suites() =>
        Directory.EnumerateFiles(Repository.PathOf("tests"), "*.Tests.csproj", SearchOption.AllDirectories)
            .Select(project => Path.GetFileNameWithoutExtension(project)!)
            .Order(StringComparer.Ordinal);
}
