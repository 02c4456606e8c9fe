using System.Collections;
using System.Management.Automation.Language;
using CogCommit.PowerShell.Tests.Engine;

namespace CogCommit.PowerShell.Tests.Packaging;

/// <summary>What the task pack made, where the tests run against it.</summary>
internal static class PackedModule
{
    /// <summary>out/CogCommit/&lt;version&gt;. Skips the test where nothing was packed for it.</summary>
    public static string Folder
    {
        get
        {
            Assert.SkipWhen(RepositoryRoot.Package is null, "Only a package shows this: the task test packs one; elsewhere run the task pack and name its manifest in COGCOMMIT_MODULE.");
            return RepositoryRoot.Module;
        }
    }

    /// <summary>The same for a gallery.</summary>
    public static string GalleryFile => Path.Combine(Folder, "..", "..", $"CogCommit.{Path.GetFileName(Folder)}.nupkg");

    public static IEnumerable<string> Files() => Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories);

    public static Hashtable Manifest() =>
        (Hashtable)Parser.ParseFile(Path.Combine(Folder, "CogCommit.psd1"), out _, out _).Find(node => node is HashtableAst, searchNestedScriptBlocks: false).SafeGetValue();

    public static IEnumerable<string> Texts(Hashtable table, string key) => ((object[])table[key]!).Cast<string>();

    /// <summary>Whole lines of it, without links that lead nowhere from a gallery.</summary>
    public static void IsOfTheChangelog(string releaseNotes)
    {
        var changelog = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "CHANGELOG.md")).ReplaceLineEndings("\n");

        Assert.Contains(releaseNotes.ReplaceLineEndings("\n").Split('\n')[0] + "\n", changelog, StringComparison.Ordinal);
        Assert.Contains("\n- ", releaseNotes, StringComparison.Ordinal);
        Assert.DoesNotContain("](docs/", releaseNotes, StringComparison.Ordinal);
    }
}
