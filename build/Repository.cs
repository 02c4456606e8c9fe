namespace CogCommit.Build;

/// <summary>Where the project lies: the folder of its solution, above this program.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CogCommit.sln")))
            {
                return folder.FullName;
            }
        }

        throw new BuildException($"No CogCommit.sln above {AppContext.BaseDirectory}: run this from a clone of the project.");
    }
}
