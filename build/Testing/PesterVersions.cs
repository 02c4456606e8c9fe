namespace CogCommit.Build.Testing;

/// <summary>The Pesters that tests/Pester is written for, restored as packages: whatever is installed, these are the ones.</summary>
internal static class PesterVersions
{
    /// <summary>Their manifests, by version.</summary>
    /// <exception cref="BuildException">They could not be restored.</exception>
    public static IReadOnlyList<(string Version, string Manifest)> Restore(Children children)
    {
        if (children.Run(Programs.Dotnet, ["restore", Repository.PathOf("build", "Pester", "Pester.csproj"), "-v", "quiet", "-nologo"]) != 0)
        {
            throw new BuildException("Pester could not be restored.");
        }

        return [.. Directory.EnumerateDirectories(Repository.PathOf("out", "pester", "pester"))
            .Select(folder => (Version: Path.GetFileName(folder), Manifest: Path.Combine(folder, "tools", "Pester.psd1")))
            .OrderBy(found => Version.Parse(found.Version))];
    }
}
