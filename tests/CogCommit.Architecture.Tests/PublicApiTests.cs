using Mono.Cecil;

namespace CogCommit.Architecture.Tests;

public class PublicApiTests
{
    [Fact]
    public void The_models_public_api_changes_only_on_purpose() => Same(Assemblies.Model);

    [Fact]
    public void The_cmdlets_public_api_changes_only_on_purpose() => Same(Assemblies.PowerShell);

    /// <summary>What lies in dependencies/ is loaded in a context of our own: a user who met one of its types could do nothing with it.</summary>
    [Fact]
    public void No_public_member_shows_a_type_from_the_dependencies()
    {
        foreach (var assembly in new[] { Assemblies.Model, Assemblies.PowerShell })
        {
            foreach (var type in PublicApi.Types(assembly))
            {
                Assert.All(PublicApi.Shown(type), shown => Assert.True(IsForUsers(shown), $"{type.FullName} shows {shown.FullName} of {shown.Scope.Name}"));
            }
        }
    }

    /// <summary>PowerShell looks at the types before the module can say where the core lies: a field of one of its structs would need it.</summary>
    [Fact]
    public void No_public_type_of_the_cmdlets_holds_a_value_of_the_core() =>
        Assert.DoesNotContain(
            PublicApi.Types(Assemblies.PowerShell).SelectMany(type => type.Fields),
            field => field.FieldType.IsValueType && field.FieldType.Scope.Name == "CogCommit.Core");

    private static bool IsForUsers(TypeReference type) =>
        type.Scope is ModuleDefinition || type.Scope.Name is "CogCommit.Model" or "System.Management.Automation" or "netstandard"
        || type.Scope.Name.StartsWith("System.", StringComparison.Ordinal);

    private static void Same(AssemblyDefinition assembly)
    {
        var name = assembly.Name.Name + ".txt";
        var kept = Path.Combine(Assemblies.Repository, "tests", "CogCommit.Architecture.Tests", "PublicApi", name);
        var now = Path.Combine(AppContext.BaseDirectory, name);
        File.WriteAllLines(now, PublicApi.Lines(assembly));

        Assert.True(File.Exists(kept), $"There is no {kept}. If the API is as it should be: cp {now} {kept}");
        Assert.True(
            File.ReadAllText(kept).ReplaceLineEndings() == File.ReadAllText(now).ReplaceLineEndings(),
            $"The public API of {assembly.Name.Name} is another one. If that is on purpose: cp {now} {kept}");
    }
}
