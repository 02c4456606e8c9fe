using System.Xml.Linq;

namespace CogCommit.Build.Testing;

/// <summary>The Pester that tests/Pester runs with, restored as a package: whatever is installed, this is the one.</summary>
internal static class PesterModule
{
    /// <exception cref="BuildException">It could not be restored.</exception>
    public static (string Version, string Manifest) Restore(Children children)
    {
        if (children.Run(Programs.Dotnet, ["restore", Repository.PathOf("build", "Pester", "Pester.csproj"), "-v", "quiet", "-nologo"]) != 0)
        {
            throw new BuildException("Pester could not be restored.");
        }

        var version = XDocument.Load(Repository.PathOf("Directory.Packages.props")).Descendants("PesterVersion").Single().Value;
        return (version, Repository.PathOf("out", "pester", "pester", version, "tools", "Pester.psd1"));
    }
}
