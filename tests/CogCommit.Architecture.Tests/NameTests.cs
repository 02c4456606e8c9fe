using System.Text.RegularExpressions;

namespace CogCommit.Architecture.Tests;

public partial class NameTests
{
    public static TheoryData<string> Folders => ["src", "tests", "build", "supabase"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void No_name_says_nothing(string folder)
    {
        var names = Directory.EnumerateFileSystemEntries(Path.Combine(Assemblies.Repository, folder), "*", SearchOption.AllDirectories)
            .Where(path => !Built().IsMatch(path))
            .Select(path => Path.GetFileNameWithoutExtension(path)!);

        Assert.DoesNotContain(names, name => Empty().IsMatch(name));
    }

    [Fact]
    public void No_type_says_nothing()
    {
        var types = new[] { Assemblies.Model, Assemblies.Core, Assemblies.PowerShell, Assemblies.LocalCloud }.SelectMany(assembly => assembly.MainModule.Types)
            .Where(type => !type.Name.StartsWith('<'));

        Assert.DoesNotContain(types.Select(type => type.Name), name => Empty().IsMatch(name));
    }

    /// <summary>The relation tables are named sessions and turns, here and in the cloud.</summary>
    [Theory]
    [InlineData("src")]
    [InlineData("supabase")]
    public void Sessions_and_turns_have_one_name(string folder)
    {
        var files = Directory.EnumerateFiles(Path.Combine(Assemblies.Repository, folder), "*", SearchOption.AllDirectories)
            .Where(path => !Built().IsMatch(path) && Path.GetExtension(path) is ".cs" or ".sql");

        Assert.DoesNotContain(files, path => OtherTable().IsMatch(File.ReadAllText(path)));
    }

    [GeneratedRegex("(Util(s|ity|ities)?|Helpers?|Managers?|Common)$")]
    private static partial Regex Empty();

    [GeneratedRegex(@"[\\/](bin|obj)([\\/]|$)")]
    private static partial Regex Built();

    [GeneratedRegex("cognitive_(sessions|turns)")]
    private static partial Regex OtherTable();
}
