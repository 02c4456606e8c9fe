namespace CogCommit.Build.Testing;

/// <summary>The demo is the first thing a new user sees: so it is a test too. It checks itself what must come out.</summary>
internal sealed class DemoSuite(Children children)
{
    public const string Name = "Demo";

    public SuiteResult Run()
    {
        var outcome = children.RunAside(Programs.Dotnet, [typeof(DemoSuite).Assembly.Location, "demo", "--try"], limit: SuiteResult.Limit);
        var result = outcome switch
        {
            { InTime: false } => SuiteResult.TooLong(Name),
            { ExitCode: 0 } => new SuiteResult(Name, 1, 0, 0),
            _ => SuiteResult.Broken(Name, "it stopped; why stands above"),
        };
        return result with { Said = outcome.Said };
    }
}
