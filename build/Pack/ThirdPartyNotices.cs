using System.Text.Json;

namespace CogCommit.Build.Pack;

/// <summary>What the module ships of others, each with its licence, as restored and not as somebody once wrote down.</summary>
internal sealed class ThirdPartyNotices(IReadOnlyList<ShippedPackage> packages)
{
    public const string FileName = "THIRD-PARTY-NOTICES.txt";

    private const string Opening = """
        CogCommit is MIT licensed; see LICENSE beside this file. The folder dependencies holds work of others, under the licences that follow.

        """;

    /// <param name="assets">The project.assets.json of the module's project, where the restore says what it took and where it lies.</param>
    public static ThirdPartyNotices Read(string assets)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(assets));
        var root = document.RootElement;
        var folders = root.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToArray();
        var target = root.GetProperty("targets").EnumerateObject().First().Value;
        var packages =
            from library in target.EnumerateObject()
            where library.Value.GetProperty("type").GetString() == "package"
            let path = root.GetProperty("libraries").GetProperty(library.Name).GetProperty("path").GetString()!
            select new ShippedPackage(folders.Select(folder => Path.Combine(folder, path)).First(Directory.Exists), Files(library.Value));
        return new ThirdPartyNotices([.. packages]);
    }

    /// <summary>The notices on what lies in <paramref name="dependencies"/>.</summary>
    public string Text(string dependencies)
    {
        var shipped = Directory.EnumerateFiles(dependencies, "*", SearchOption.AllDirectories).Select(file => Path.GetFileName(file)!).ToHashSet();
        var notices = packages
            .Select(package => (Package: package, Files: package.Files.Where(shipped.Contains).Distinct().Order(StringComparer.Ordinal).ToArray()))
            .Where(package => package.Files.Length > 0)
            .Select(package => $"{new string('-', 78)}\n{package.Package.Notice(package.Files)}");
        return string.Join("\n", notices.Prepend(Opening)).ReplaceLineEndings("\n");
    }

    private static string[] Files(JsonElement library) =>
    [
        .. from kind in (string[])["runtime", "native", "runtimeTargets"]
           where library.TryGetProperty(kind, out _)
           from file in library.GetProperty(kind).EnumerateObject()
           select Path.GetFileName(file.Name),
    ];
}
