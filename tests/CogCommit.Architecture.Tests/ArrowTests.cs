using Mono.Cecil;
using NetArchTest.Rules;

namespace CogCommit.Architecture.Tests;

/// <summary>PowerShell -> Core -> Model; inside Core everything -> Store; Core and LocalCloud know nothing of each other.</summary>
public class ArrowTests
{
    private const string Root = "CogCommit.Core.";

    /// <summary>Who may use whom inside Core.</summary>
    public static TheoryData<string, string> Arrows => new()
    {
        { "Store", "" },
        { "Config", "Store" },
        { "Rows", "Store" },
        { "Capture", "Store Rows" },
        { "Query", "Store" },
        { "Export", "Store Rows" },
        { "Cloud", "Config" },
        { "Sync", "Store Rows Cloud" },
        { "Watch", "Store Config Capture Cloud Sync" },
        { "Daemon", "Store Watch" },
        { "Health", "Store Rows Config Capture Cloud Sync Daemon" },
    };

    /// <summary>The cloud's client knows where the installation's files lie, how they are kept private and what the system says of them, but no database.</summary>
    private static readonly string[] OfTheStoreForTheCloud = ["CogCommitHome", "FileErrors", "PrivateFiles"];

    [Fact]
    public void The_model_depends_on_nothing() => Assert.All(Assemblies.References(Assemblies.Model), IsFramework);

    [Fact]
    public void The_core_knows_no_PowerShell_and_no_web_server()
    {
        var references = Assemblies.References(Assemblies.Core).ToArray();

        Assert.Equal(["CogCommit.Model"], references.Where(name => name.StartsWith("CogCommit", StringComparison.Ordinal)));
        Assert.DoesNotContain(references, name =>
            name.StartsWith("System.Management.Automation", StringComparison.Ordinal) || name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
    }

    [Fact]
    public void The_cmdlets_know_the_core_and_the_model_alone()
    {
        var references = Assemblies.References(Assemblies.PowerShell).ToArray();

        Assert.Equal(["CogCommit.Core", "CogCommit.Model"], references.Where(name => name.StartsWith("CogCommit", StringComparison.Ordinal)).Order());
        Assert.DoesNotContain(references, name => name.Contains("Sqlite", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Polly", StringComparison.Ordinal));
    }

    [Fact]
    public void The_local_cloud_and_the_core_know_nothing_of_each_other() =>
        Assert.DoesNotContain(Assemblies.References(Assemblies.LocalCloud), name => name.StartsWith("CogCommit", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Arrows))]
    public void Inside_the_core_the_arrows_point_one_way(string part, string mayUse)
    {
        var allowed = mayUse.Split(' ').Append(part).ToArray();
        var forbidden = Arrows.Select(row => row.Data.Item1).Except(allowed)
            .SelectMany(other => part == "Cloud" && other == "Store" ? StoreButForTheCloud() : [Root + other])
            .ToArray();

        var result = Types.FromFile(Path.Combine(AppContext.BaseDirectory, "CogCommit.Core.dll"))
            .That().ResideInNamespace(Root + part).ShouldNot().HaveDependencyOnAny(forbidden).GetResult();

        Assert.True(result.IsSuccessful, $"{part} may use {(mayUse.Length == 0 ? "no other part" : mayUse)}: {string.Join(", ", result.FailingTypeNames ?? [])}");
    }

    [Fact]
    public void Each_part_of_the_core_has_its_arrows_here()
    {
        var parts = Assemblies.Core.MainModule.Types.Select(type => type.Namespace)
            .Where(name => name.StartsWith(Root, StringComparison.Ordinal)).Select(name => name.Split('.')[2]).Distinct().Order();

        Assert.Equal(Arrows.Select(row => row.Data.Item1).Order(), parts);
    }

    private static IEnumerable<string> StoreButForTheCloud() => Assemblies.Core.MainModule.Types
        .Where(type => type.Namespace == Root + "Store" && !OfTheStoreForTheCloud.Contains(type.Name))
        .Select(type => type.FullName);

    private static void IsFramework(string name) =>
        Assert.True(name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard" or "mscorlib", name);
}
