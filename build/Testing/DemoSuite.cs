namespace CogCommit.Build.Testing;

/// <summary>The demo is the first thing a new user sees: so it is a test too. It checks itself what must come out.</summary>
internal sealed class DemoSuite(Children children)
{
    public const string Name = "Demo";

    public SuiteResult Run()
    {
        var (exitCode, said) = children.RunAside(Programs.Dotnet, [typeof(DemoSuite).Assembly.Location, "demo", "--try"]);
        return (exitCode == 0 ? new SuiteResult(Name, 1, 0, 0) : SuiteResult.Broken(Name, "it stopped; why stands above")) with { Said = said };
    }
}
