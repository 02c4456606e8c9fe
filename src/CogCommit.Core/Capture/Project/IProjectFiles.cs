namespace CogCommit.Core.Capture.Project;

/// <summary>The little that naming a project asks of this machine's files.</summary>
internal interface IProjectFiles
{
    /// <summary>Whether this machine's own paths are Windows paths: a path of the other kind is not looked up.</summary>
    bool UsesWindowsPaths { get; }

    bool IsFolder(string path);

    /// <summary>The text of a small file; null when there is none or it cannot be read.</summary>
    string? ReadText(string path);
}
