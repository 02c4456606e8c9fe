namespace CogCommit.Core.Capture.Project;

/// <summary>The project that an agent session in a folder would belong to.</summary>
public static class FolderProject
{
    /// <summary>Its name, or null at the root of a file system.</summary>
    public static string? NameOf(string folder) => ProjectName.Of(folder, new ProjectFiles()).Name;
}
