namespace CogCommit.Core.Capture.Project;

/// <summary>The files of this machine.</summary>
internal sealed class ProjectFiles : IProjectFiles
{
    // A .git file or a config of this size is none.
    private const long MaxSize = 1 << 20;

    public bool UsesWindowsPaths { get; } = OperatingSystem.IsWindows();

    public bool IsFolder(string path) => Directory.Exists(path);

    public string? ReadText(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: <= MaxSize } ? File.ReadAllText(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A repository that may not be read names no project: the folder does.
            return null;
        }
    }
}
