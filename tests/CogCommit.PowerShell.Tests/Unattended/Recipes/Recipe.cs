using System.Text.RegularExpressions;
using CogCommit.PowerShell.Tests.Engine;

namespace CogCommit.PowerShell.Tests.Unattended.Recipes;

/// <summary>A block of docs/automation.md: those with a name are meant to be taken as they are.</summary>
internal sealed partial record Recipe(string? Name, string Language, string Text)
{
    /// <summary>All blocks, in the document's order.</summary>
    public static IReadOnlyList<Recipe> All { get; } =
    [
        .. Blocks().Matches(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "automation.md")).ReplaceLineEndings("\n"))
            .Select(block => new Recipe(
                block.Groups["name"] is { Success: true } name ? name.Value : null, block.Groups["language"].Value, block.Groups["text"].Value)),
    ];

    public static Recipe Named(string name) => Assert.Single(All, recipe => recipe.Name == name);

    /// <summary>As a file; the module is the one that is tested, wherever it lies.</summary>
    public string WriteTo(string folder)
    {
        var path = Path.Combine(folder, Name!);
        File.WriteAllText(path, Text.Replace("Import-Module CogCommit\n", $"Import-Module '{RepositoryRoot.Manifest}'\n", StringComparison.Ordinal) + "\n");
        return path;
    }

    [GeneratedRegex(@"(?:<!-- recipe: (?<name>\S+) -->\n)?^```(?<language>\w+)\n(?<text>.*?)\n```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Blocks();
}
