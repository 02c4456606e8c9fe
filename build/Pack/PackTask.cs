using System.Globalization;
using System.Xml.Linq;

namespace CogCommit.Build.Pack;

/// <summary>Makes out/CogCommit/&lt;version&gt;/, which a user copies to where his modules lie, and the nupkg of the same files for a gallery.</summary>
internal sealed class PackTask(Children children)
{
    private const string Project = "CogCommit.PowerShell";

    /// <summary>The same sources were built and looked through before: the analyzers, which take half of a build, need not run again.</summary>
    public bool IsAnalyzed { get; init; }

    public int Run()
    {
        var package = Pack();
        Console.WriteLine($"""
            {package.Folder}   {Size(Directory.EnumerateFiles(package.Folder, "*", SearchOption.AllDirectories))}
            {package.File}   {Size([package.File])}

            To try it:      Import-Module {package.Manifest}
            To publish it:  Publish-PSResource -NupkgPath {package.File} -Repository PSGallery -ApiKey <your key>
            """);
        return 0;
    }

    public Package Pack()
    {
        var manifest = SourceManifest.Read(Repository.PathOf(SourceManifest.FileName));
        CheckVersion(manifest.Version);
        Console.WriteLine($"Packing CogCommit {manifest.Version} ...");
        Build();

        var notes = ReleaseNotes.Of(File.ReadAllText(Repository.PathOf("CHANGELOG.md")), manifest.Version);
        var package = new Package(
            Repository.PathOf("out", "CogCommit", manifest.Version), Repository.PathOf("out", $"CogCommit.{manifest.Version}.nupkg"));
        ModuleFolder.Make(package.Folder, manifest.Packed(notes), ThirdPartyNotices.Read(Repository.PathOf("src", Project, "obj", "project.assets.json")));
        GalleryPackage.Write(package, manifest, notes);
        return package;
    }

    private void Build()
    {
        // The assemblies hold no path of this machine, and are the same wherever they are built.
        string[] arguments =
        [
            "build", Repository.PathOf("src", Project), "-c", "Release", $"-p:PathMap={Repository.Root}=/_/",
            "-nologo", "-v", "quiet", "-nodeReuse:false", $"-p:RunAnalyzers={!IsAnalyzed}",
        ];
        if (children.Run(Programs.Dotnet, arguments) != 0)
        {
            throw new BuildException("The build failed; nothing was packed.");
        }
    }

    private static void CheckVersion(string version)
    {
        var built = XDocument.Load(Repository.PathOf("Directory.Build.props")).Descendants("Version").Single().Value;
        if (built != version)
        {
            throw new BuildException($"CogCommit.psd1 says version {version}, Directory.Build.props {built}: make them the same.");
        }
    }

    // As PowerShell counts: 15MB.
    private static string Size(IEnumerable<string> files) =>
        (files.Sum(path => new FileInfo(path).Length) / (1024.0 * 1024)).ToString("0.0 MB", CultureInfo.InvariantCulture);
}
