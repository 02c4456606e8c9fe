namespace CogCommit.PowerShell.Tests.Engine;

/// <summary>Where the project lies: the folder with CogCommit.psd1, above the test's own.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    /// <summary>What the tests import: the package that COGCOMMIT_MODULE names, as the test task has it, or what was built last.</summary>
    public static string Manifest => Package ?? System.IO.Path.Combine(Path, "CogCommit.psd1");

    /// <summary>Where the module's assemblies lie: beside a package's manifest.</summary>
    public static string Module => Package is null ? System.IO.Path.Combine(Path, "bin", "module") : System.IO.Path.GetDirectoryName(Package)!;

    /// <summary>The package's manifest, or null.</summary>
    public static string? Package { get; } = Environment.GetEnvironmentVariable("COGCOMMIT_MODULE") is { Length: > 0 } path ? path : null;

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "CogCommit.psd1")))
            {
                return folder.FullName;
            }
        }
        throw new DirectoryNotFoundException($"No CogCommit.psd1 above {AppContext.BaseDirectory}.");
    }
}
