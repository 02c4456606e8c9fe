using System.Management.Automation;
using System.Reflection;
using CogCommit.PowerShell.Tests.Engine;

namespace CogCommit.PowerShell.Tests.Formatting;

/// <summary>What CogCommit.Types.ps1xml adds can be named, and stands in nobody's way.</summary>
public sealed class TypeDataTests : IClassFixture<BareEngine>
{
    private readonly BareEngine _engine;

    public TypeDataTests(BareEngine engine)
    {
        _engine = engine;
        // The types are loaded with the module.
        Types = [.. engine.Run("[CogCommit.CognitiveCommit].Assembly.GetExportedTypes()").Fine().Output.Select(type => (Type)type.BaseObject)
            // Lists are no objects of the pipeline, and the field of a conflict is only a part of one.
            .Where(type => type.IsClass && !type.IsAssignableTo(typeof(System.Collections.IEnumerable)) && type.Name != "CommitConflictField")];
    }

    private IReadOnlyList<Type> Types { get; }

    [Fact]
    public void A_commit_answers_to_other_names()
    {
        var commit = _engine.Run($"{Made.Commit("aaaa0001", "One")}").Fine().One;

        Assert.Equal(commit.Get<string>("Id"), commit.Get<string>("CommitId"));
        Assert.Equal("aaaa0001", commit.Get<string>("ShortId"));
        Assert.InRange(commit.Get<TimeSpan>("Age"), TimeSpan.FromHours(3.5), TimeSpan.FromHours(3.6));
    }

    /// <summary>Export-Csv, ConvertTo-Json and Get-Member go by what is listed.</summary>
    [Fact]
    public void No_property_is_listed_but_the_types_own() => Assert.All(Types, type => Assert.Equal(
        Own(type),
        _engine.Run("[System.Runtime.CompilerServices.RuntimeHelpers]::GetUninitializedObject($args[0])", type).Fine().One.Properties.Select(p => p.Name).Order()));

    [Fact]
    public void Each_property_of_a_type_travels_and_nothing_else() => Assert.All(Types, type => Assert.Equal(
        Own(type),
        Set(type, "PropertySerializationSet")));

    [Fact]
    public void Default_properties_are_six_at_most_and_exist() => Assert.All(Types, type =>
    {
        var shown = Set(type, "DefaultDisplayPropertySet");
        Assert.InRange(shown.Count, 3, 8);
        Assert.Subset(Own(type).ToHashSet(), shown.ToHashSet());
    });

    [Fact]
    public void Clixml_carries_no_property_that_was_added()
    {
        var text = _engine.Run($"[System.Management.Automation.PSSerializer]::Serialize(({Made.Commit("aaaa0001", "One")}))").Fine().One.ToString();

        Assert.Contains("<S N=\"Title\">One</S>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<MS>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Shown", text, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Own(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name).Order();

    private IReadOnlyList<string> Set(Type type, string set)
    {
        var members = _engine.Run("[System.Runtime.CompilerServices.RuntimeHelpers]::GetUninitializedObject($args[0]).PSStandardMembers", type).Fine().One;
        return [.. ((PSPropertySet)((PSMemberSet)members.BaseObject).Members[set]).ReferencedPropertyNames.Order()];
    }
}
