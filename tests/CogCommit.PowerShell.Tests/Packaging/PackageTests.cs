using System.Management.Automation;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.Testing;

namespace CogCommit.PowerShell.Tests.Packaging;

/// <summary>The folder that the task pack makes for a user's PSModulePath.</summary>
public sealed class PackageTests : IDisposable
{
    // Unpacked. What is fetched is half of it: GalleryPackageTests.
    private const long Largest = 16 * 1024 * 1024;

    private static readonly string[] Documented = ["CogCommit.Model", "CogCommit.PowerShell"];

    private readonly BareEngine _engine = new();

    private static string Folder => PackedModule.Folder;

    [Fact]
    public void Its_manifest_is_found_whole_by_PowerShell()
    {
        var tested = _engine.Run("Test-ModuleManifest $args[0]", RepositoryRoot.Manifest).Fine();

        Assert.Empty(tested.Warnings);
        Assert.Equal(Path.GetFileName(Folder), tested.One.Get<Version>("Version").ToString());
    }

    [Fact]
    public void It_is_imported_by_its_name()
    {
        using var runspace = BareEngine.NewRunspace();
        var module = BareEngine.RunIn(runspace, "$env:PSModulePath = $args[0]; Import-Module CogCommit; Get-Module CogCommit", Path.GetDirectoryName(Path.GetDirectoryName(Folder))).Fine().One;

        Assert.Equal(Folder, module.Get<string>("ModuleBase"));
    }

    [Fact]
    public void Its_manifest_says_what_a_gallery_shows()
    {
        var manifest = PackedModule.Manifest();
        var gallery = (PSObject.AsPSObject(((System.Collections.Hashtable)manifest["PrivateData"]!)["PSData"]!).BaseObject as System.Collections.Hashtable)!;

        Assert.Equal(["Core"], PackedModule.Texts(manifest, "CompatiblePSEditions"));
        Assert.Equal("7.4", manifest["PowerShellVersion"]);
        Assert.NotEmpty(PackedModule.Texts(gallery, "Tags"));
        PackedModule.IsOfTheChangelog((string)gallery["ReleaseNotes"]!);
        Assert.All(["Author", "CompanyName", "Copyright", "Description", "GUID"], key => Assert.False(string.IsNullOrWhiteSpace(manifest[key] as string), key));
        Assert.All(["CmdletsToExport", "FunctionsToExport", "AliasesToExport"], key => Assert.DoesNotContain(PackedModule.Texts(manifest, key), name => name.Contains('*')));
    }

    [Fact]
    public void What_users_name_is_documented_beside_it()
    {
        var folder = Folder;

        Assert.All(Documented, name => Assert.True(File.Exists(Path.Combine(folder, name + ".xml")) && File.Exists(Path.Combine(folder, name + ".dll")), name));
    }

    [Theory]
    [InlineData("docs/automation.md")]
    [InlineData("docs/cloud-setup.md")]
    public void A_document_that_help_and_errors_send_to_is_in_it(string document) =>
        Assert.Equal(File.ReadAllText(Path.Combine(RepositoryRoot.Path, document)), File.ReadAllText(Path.Combine(Folder, document)));

    [Fact]
    public void Nothing_of_the_build_is_in_it()
    {
        var files = PackedModule.Files().ToArray();

        Assert.DoesNotContain(files, file => Path.GetExtension(file) is ".pdb" or ".json" or ".cs" or ".targets");
        Assert.DoesNotContain(files, file => Path.GetFileName(file).StartsWith("System.Management.Automation", StringComparison.Ordinal));
        Assert.All(files.Where(file => Path.GetExtension(file) is ".dll"), file =>
            Assert.False(File.ReadAllBytes(file).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(RepositoryRoot.Path + Path.DirectorySeparatorChar + "src")) >= 0, $"{file} tells where it was built."));
    }

    [Fact]
    public void Everything_of_others_has_its_notice()
    {
        var notices = File.ReadAllText(Path.Combine(Folder, "THIRD-PARTY-NOTICES.txt"));
        var others = Directory.EnumerateFiles(Path.Combine(Folder, "dependencies"), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetFileName(file)!).Where(name => !name.StartsWith("CogCommit.", StringComparison.Ordinal)).Distinct().ToArray();

        Assert.Contains("e_sqlite3.dll", others);
        Assert.All(others, name => Assert.Matches($@"(?m)^Files: .*\b{System.Text.RegularExpressions.Regex.Escape(name)}\b", notices));
        Assert.All(["Apache License", "MIT License", "BSD 3-Clause License", "public domain"], licence => Assert.Contains(licence, notices, StringComparison.OrdinalIgnoreCase));
        Assert.True(File.Exists(Path.Combine(Folder, "LICENSE")));
    }

    [Fact]
    public void Unpacked_it_takes_less_than_16_MB()
    {
        var size = PackedModule.Files().Sum(file => new FileInfo(file).Length);
        Figures.Record("bytes of the module's folder", size);

        Assert.InRange(size, 1, Largest);
    }

    public void Dispose() => _engine.Dispose();
}
