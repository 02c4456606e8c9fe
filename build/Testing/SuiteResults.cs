using System.Diagnostics;
using System.Globalization;

namespace CogCommit.Build.Testing;

/// <summary>Collects what suites say, some of them at once, and counts at the end over all of them.</summary>
internal sealed class SuiteResults
{
    public const string FiguresVariable = "COGCOMMIT_FIGURES";

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly List<SuiteResult> _results = [];

    public SuiteResults(string folder)
    {
        Folder = folder;
        Directory.CreateDirectory(folder);
        foreach (var old in FiguresFiles)
        {
            File.Delete(old);
        }
    }

    /// <summary>Where each suite leaves its report.</summary>
    public string Folder { get; }

    private string[] FiguresFiles => Directory.GetFiles(Folder, "figures-*.txt");

    /// <summary>Where the tests of a suite write what they show beyond pass or fail: each into its own, for they run at once.</summary>
    public string FiguresFile(string suite) => Path.Combine(Folder, $"figures-{suite}.txt");

    /// <summary>Runs a suite, and then shows what it wrote.</summary>
    public void Add(string suite, Func<SuiteResult> run)
    {
        var began = _watch.Elapsed;
        var result = run();
        lock (_results)
        {
            Console.WriteLine($"--- {suite}: {(_watch.Elapsed - began).TotalSeconds:0} s");
            Console.Write(result.Said);
            _results.Add(result);
        }
    }

    /// <summary>The last line counts over all suites.</summary>
    /// <returns>The exit code.</returns>
    public int Report()
    {
        Console.WriteLine();
        foreach (var (what, amount) in Figures())
        {
            Console.WriteLine($"{amount.ToString("N0", CultureInfo.InvariantCulture),12} {what}");
        }

        var results = _results.OrderBy(result => result.Name, StringComparer.Ordinal).ToList();
        // Once more at the end, where it is seen: what suites wrote is long.
        foreach (var (name, failure) in results.SelectMany(result => result.Failures.Select(failure => (result.Name, failure))))
        {
            Console.WriteLine($"FAILED in {name}: {failure}");
        }

        foreach (var result in results)
        {
            Console.WriteLine($"{result.Name}: {Counts(result.Passed, result.Failed, result.Skipped)}{(result.Problem is null ? "" : $": {result.Problem}")}");
        }

        Console.WriteLine($"Took {_watch.Elapsed.TotalSeconds:0} s.");
        Console.WriteLine(Counts(_results.Sum(r => r.Passed), _results.Sum(r => r.Failed), _results.Sum(r => r.Skipped)));
        return _results.Any(result => result.Failed > 0) ? 1 : 0;
    }

    /// <summary>Lines of the same name add up: several tests may fuzz lines.</summary>
    private IEnumerable<(string What, long Amount)> Figures() =>
        FiguresFiles.Order(StringComparer.Ordinal).SelectMany(File.ReadLines)
            .Select(line => line.Split('\t', 2))
            .GroupBy(line => line[1], line => long.Parse(line[0], CultureInfo.InvariantCulture))
            .Select(figure => (figure.Key, figure.Sum()));

    private static string Counts(int passed, int failed, int skipped) =>
        $"{passed} passed, {failed} failed{(skipped > 0 ? $", {skipped} skipped" : "")}";
}
