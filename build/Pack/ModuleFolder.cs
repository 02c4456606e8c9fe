namespace CogCommit.Build.Pack;

/// <summary>Lays out the module as users have it: manifest and assemblies on top, dependencies/, the help and docs/ below.</summary>
internal static class ModuleFolder
{
    private static readonly string[] FromTheRoot = ["CogCommit.Format.ps1xml", "CogCommit.Types.ps1xml", "LICENSE"];

    // What the help on topics and the errors send their readers to.
    private static readonly string[] Documents = ["automation.md", "cloud-setup.md"];

    public static void Make(string folder, string manifest, ThirdPartyNotices notices)
    {
        Empty(folder);
        Copy(Repository.PathOf("bin", "module"), folder);
        // Where the help on topics lies: beside the root's manifest.
        if (Directory.Exists(Repository.PathOf("en-US")))
        {
            Copy(Repository.PathOf("en-US"), Path.Combine(folder, "en-US"));
        }

        foreach (var file in FromTheRoot)
        {
            File.Copy(Repository.PathOf(file), Path.Combine(folder, file));
        }

        var documents = Directory.CreateDirectory(Path.Combine(folder, "docs")).FullName;
        foreach (var document in Documents)
        {
            File.Copy(Repository.PathOf("docs", document), Path.Combine(documents, document));
        }

        File.WriteAllText(Path.Combine(folder, SourceManifest.FileName), manifest);
        File.WriteAllText(Path.Combine(folder, ThirdPartyNotices.FileName), notices.Text(Path.Combine(folder, "dependencies")));
    }

    private static void Empty(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new BuildException($"{folder} is in use ({problem.Message}). Close the PowerShell that imported it and pack again.");
        }

        Directory.CreateDirectory(folder);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) != ".pdb"))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
