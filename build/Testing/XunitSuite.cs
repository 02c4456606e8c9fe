using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace CogCommit.Build.Testing;

/// <summary>A test project: an xunit v3 project is a program of its own, so no test platform stands between.</summary>
internal sealed class XunitSuite(Children children, string name, string results)
{
    public IReadOnlyDictionary<string, string?>? Environment { get; init; }

    /// <summary>Only the tests that have it; null: all.</summary>
    public (string Name, string Value)? Trait { get; init; }

    /// <summary>Only the tests of this namespace; null: of all.</summary>
    public string? Namespace { get; init; }

    /// <summary>All tests but those of this namespace; null: no exception.</summary>
    public string? ExceptNamespace { get; init; }

    /// <summary>How long it may take; null: as long as it likes.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>What the report calls it; null: by its name.</summary>
    public string? Title { get; init; }

    private string Shown => Title ?? name;

    /// <summary>What was not asked for is not counted as left out.</summary>
    private bool IsPart => Trait is not null || Namespace is not null || ExceptNamespace is not null;

    public SuiteResult Run()
    {
        var program = Repository.PathOf("tests", name, "bin", "Debug", "net10.0", name + ".dll");
        if (!File.Exists(program))
        {
            return SuiteResult.Broken(Shown, $"{program} was not built");
        }

        var report = Path.Combine(results, Shown + ".xml");
        File.Delete(report);
        string[] arguments =
        [
            program, "-noLogo", "-result-xml", report,
            "-noColor",
            // A test that hangs is known by its name.
            "-diagnostics", "-longRunning", "300",
            .. Trait is { } trait ? (string[])["-trait", $"{trait.Name}={trait.Value}"] : [],
            .. Namespace is { } only ? (string[])["-namespace", only] : [],
            .. ExceptNamespace is { } except ? (string[])["-namespace-", except] : [],
        ];
        var outcome = children.RunAside(Programs.Dotnet, arguments, Environment, Limit);
        var result = (outcome.InTime ? Read(report) : SuiteResult.TooLong(Shown)) with { Said = outcome.Said };
        return outcome.ExitCode != 0 && result is { Failed: 0, Problem: null } ? result with { Failed = 1, Problem = $"it ended with code {outcome.ExitCode}" } : result;
    }

    private SuiteResult Read(string report)
    {
        try
        {
            var assemblies = XDocument.Load(report).Root!.Elements("assembly").ToList();
            return new SuiteResult(
                Shown,
                Sum(assemblies, "passed"),
                Sum(assemblies, "failed") + Sum(assemblies, "errors"),
                Sum(assemblies, "skipped") + (IsPart ? 0 : Sum(assemblies, "not-run")))
            {
                Failures = [.. assemblies.Descendants("failure").Select(failure => $"{WhatFailed(failure)}: {(string?)failure.Element("message")}")],
            }.Checked();
        }
        catch (Exception problem) when (problem is IOException or XmlException)
        {
            return SuiteResult.Broken(Shown, $"it left no readable result ({problem.Message})");
        }
    }

    /// <summary>A test; or what stands around tests, which is called an error.</summary>
    private static string WhatFailed(XElement failure) => (string?)failure.Parent!.Attribute("name") ?? (string?)failure.Parent.Attribute("type") ?? "?";

    private static int Sum(IEnumerable<XElement> assemblies, string attribute) =>
        assemblies.Sum(assembly => int.Parse(assembly.Attribute(attribute)?.Value ?? "0", CultureInfo.InvariantCulture));
}
