using System.Diagnostics;

namespace CogCommit.Build.Testing;

/// <summary>Builds everything and runs every suite; the last line counts over all of them.</summary>
internal sealed class TestTask(Children children)
{
    public int Run()
    {
        var watch = Stopwatch.StartNew();
        new PostgresPrograms(children).Ensure();
        new Solution(children).Build();

        var output = Repository.PathOf("out", "tests");
        Directory.CreateDirectory(output);
        var results = new List<SuiteResult>();
        foreach (var suite in Suites())
        {
            Console.WriteLine($"--- {suite}");
            results.Add(new XunitSuite(children, suite, output).Run());
        }

        Console.WriteLine("--- Demo");
        results.Add(new DemoSuite(children).Run());
        if (new PesterSuite(children, output).Run() is { } pester)
        {
            results.Add(pester);
        }

        Report(results, watch.Elapsed);
        return results.Any(result => result.Failed > 0) ? 1 : 0;
    }

    private static IEnumerable<string> Suites() =>
        Directory.EnumerateFiles(Repository.PathOf("tests"), "*.Tests.csproj", SearchOption.AllDirectories)
            .Select(project => Path.GetFileNameWithoutExtension(project)!)
            .Order(StringComparer.Ordinal);

    private static void Report(List<SuiteResult> results, TimeSpan elapsed)
    {
        Console.WriteLine();
        foreach (var result in results)
        {
            Console.WriteLine($"{result.Name}: {Counts(result.Passed, result.Failed, result.Skipped)}{(result.Problem is null ? "" : $": {result.Problem}")}");
        }

        Console.WriteLine($"Took {elapsed.TotalSeconds:0} s.");
        Console.WriteLine(Counts(results.Sum(r => r.Passed), results.Sum(r => r.Failed), results.Sum(r => r.Skipped)));
    }

    private static string Counts(int passed, int failed, int skipped) =>
        $"{passed} passed, {failed} failed{(skipped > 0 ? $", {skipped} skipped" : "")}";
}
