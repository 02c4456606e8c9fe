using System.IO.Compression;
using System.Xml.Linq;
using CogCommit.Testing;

namespace CogCommit.PowerShell.Tests.Packaging;

/// <summary>The nupkg that is published to a PowerShell gallery.</summary>
public sealed class GalleryPackageTests
{
    private static readonly XNamespace Nuspec = "http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd";

    [Fact]
    public void It_holds_the_modules_files_at_its_root_and_no_others()
    {
        using var package = ZipFile.OpenRead(PackedModule.GalleryFile);

        var packed = package.Entries.Where(entry => !OfNuGet(entry.FullName)).Select(entry => (Uri.UnescapeDataString(entry.FullName), entry.Length)).Order();
        var files = PackedModule.Files().Select(file => (Path.GetRelativePath(PackedModule.Folder, file).Replace('\\', '/'), new FileInfo(file).Length)).Order();
        Assert.Equal(files, packed);
    }

    [Fact]
    public void It_says_what_the_manifest_says()
    {
        var manifest = PackedModule.Manifest();

        Assert.Equal("CogCommit", Text("id"));
        Assert.Equal(manifest["ModuleVersion"], Text("version"));
        Assert.Equal(manifest["Author"], Text("authors"));
        Assert.Equal(manifest["Description"], Text("description"));
        Assert.Equal(("MIT", "expression"), (Text("license"), Metadata("license").Attribute("type")!.Value));
        PackedModule.IsOfTheChangelog(Text("releaseNotes"));
    }

    [Fact]
    public void Its_tags_let_a_gallery_find_each_command()
    {
        var manifest = PackedModule.Manifest();
        var tags = Text("tags").Split(' ');

        Assert.All(["PSModule", "PSEdition_Core", "PSIncludes_Cmdlet", "PSIncludes_Function", "PSFunction_cogcommit", "PSCommand_cogcommit", "ClaudeCode"], tag => Assert.Contains(tag, tags));
        Assert.All(PackedModule.Texts(manifest, "CmdletsToExport"), name => Assert.True(tags.Contains($"PSCmdlet_{name}") && tags.Contains($"PSCommand_{name}"), name));
        // A gallery takes no more than this.
        Assert.InRange(Text("tags").Length, 1, 4000);
    }

    [Fact]
    public void It_does_not_tell_when_it_was_made()
    {
        using var package = ZipFile.OpenRead(PackedModule.GalleryFile);

        Assert.Equal([new DateTime(1980, 1, 1)], package.Entries.Select(entry => entry.LastWriteTime.DateTime).Distinct());
    }

    [Fact]
    public void It_takes_less_than_15_MB()
    {
        var size = new FileInfo(PackedModule.GalleryFile).Length;
        Figures.Record("bytes of the gallery's package", size);

        Assert.InRange(size, 1, 15 * 1024 * 1024);
    }

    private static bool OfNuGet(string path) =>
        path is "[Content_Types].xml" or "CogCommit.nuspec" || path.StartsWith("_rels/", StringComparison.Ordinal) || path.StartsWith("package/", StringComparison.Ordinal);

    private static XElement Metadata(string name)
    {
        using var package = ZipFile.OpenRead(PackedModule.GalleryFile);
        using var nuspec = package.GetEntry("CogCommit.nuspec")!.Open();
        return XDocument.Load(nuspec).Root!.Element(Nuspec + "metadata")!.Element(Nuspec + name)!;
    }

    private static string Text(string name) => Metadata(name).Value;
}
