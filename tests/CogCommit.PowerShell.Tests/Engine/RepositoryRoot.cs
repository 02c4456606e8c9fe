namespace CogCommit.PowerShell.Tests.Engine;

/// <summary>Where the project lies: the folder with CogCommit.psd1, above the test's own.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    public static string Manifest => System.IO.Path.Combine(Path, "CogCommit.psd1");

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
