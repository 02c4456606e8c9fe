using NuGet.Packaging;

namespace CogCommit.Build.Pack;

/// <summary>A NuGet package of which the module ships files.</summary>
/// <param name="Folder">Where it was restored to.</param>
/// <param name="Files">The names of the files that it brings.</param>
internal sealed record ShippedPackage(string Folder, IReadOnlyList<string> Files)
{
    private static readonly string[] LicenceFiles = ["LICENSE", "LICENSE.TXT", "LICENSE.txt", "LICENSE.md"];

    /// <summary>Its notice: what it is, whose, which files, and the whole licence, as the licences ask for.</summary>
    public string Notice(IEnumerable<string> files)
    {
        var nuspec = new NuspecReader(Directory.EnumerateFiles(Folder, "*.nuspec").Single());
        var where = nuspec.GetProjectUrl() is { Length: > 0 } url ? $"{url}\n" : "";
        return $"""
            {nuspec.GetId()} {nuspec.GetVersion()}, by {nuspec.GetAuthors()}
            {where}Files: {string.Join(", ", files)}
            {nuspec.GetCopyright()}

            {LicenceText(nuspec).ReplaceLineEndings("\n").Trim('\n')}

            """.ReplaceLineEndings("\n");
    }

    private string LicenceText(NuspecReader nuspec)
    {
        if (LicenceFiles.Select(name => Path.Combine(Folder, name)).FirstOrDefault(File.Exists) is { } own)
        {
            return File.ReadAllText(own);
        }

        var licence = nuspec.GetLicenseMetadata()?.License;
        var text = Repository.PathOf("build", "Pack", "Licences", $"{licence}.txt");
        return File.Exists(text)
            ? File.ReadAllText(text)
            : throw new BuildException($"{nuspec.GetId()} has the licence '{licence}' and brings no text of it: read it, and put its text into {text}.");
    }
}
