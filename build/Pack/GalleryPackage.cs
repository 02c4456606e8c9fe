using NuGet.Packaging;
using NuGet.Packaging.Licenses;
using NuGet.Versioning;

namespace CogCommit.Build.Pack;

/// <summary>The nupkg that a PowerShell gallery takes: the module's files at its root, and tags that make its commands found.</summary>
internal static class GalleryPackage
{
    private const string Licence = "MIT";

    /// <summary>The same files give the same bytes.</summary>
    public static void Write(Package package, SourceManifest manifest, string releaseNotes)
    {
        var builder = new PackageBuilder(deterministic: true)
        {
            // What a zip file calls the beginning of time: when it was packed is nobody's concern.
            DeterministicTimestamp = "1980-01-01T00:00:00Z",
            Id = "CogCommit",
            Version = NuGetVersion.Parse(manifest.Version),
            Description = manifest.Text("Description"),
            Copyright = manifest.Text("Copyright"),
            ReleaseNotes = releaseNotes,
            LicenseMetadata = new LicenseMetadata(
                LicenseType.Expression, Licence, NuGetLicenseExpression.Parse(Licence), null, LicenseMetadata.CurrentVersion),
        };
        builder.Authors.Add(manifest.Text("Author"));
        builder.Owners.Add(manifest.Text("CompanyName"));
        builder.Tags.AddRange(Tags(manifest));
        foreach (var file in Directory.EnumerateFiles(package.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            builder.Files.Add(new PhysicalPackageFile { SourcePath = file, TargetPath = Path.GetRelativePath(package.Folder, file) });
        }

        using var output = File.Create(package.File);
        builder.Save(output);
    }

    // Find-PSResource -CommandName looks for PSCommand_, -Tag for the manifest's own; the gallery's pages for the others.
    private static IEnumerable<string> Tags(SourceManifest manifest) =>
    [
        "PSModule", "PSEdition_Core", .. manifest.Tags,
        "PSIncludes_Cmdlet", .. manifest.Cmdlets.SelectMany(name => (string[])[$"PSCmdlet_{name}", $"PSCommand_{name}"]),
        "PSIncludes_Function", .. manifest.Functions.SelectMany(name => (string[])[$"PSFunction_{name}", $"PSCommand_{name}"]),
    ];
}
