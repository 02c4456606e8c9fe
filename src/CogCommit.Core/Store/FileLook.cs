namespace CogCommit.Core.Store;

/// <summary>What can be told of a file without opening it.</summary>
internal static class FileLook
{
    /// <summary>
    /// False where there is nothing to read: no file, an empty one, or a pipe, which has no length either, and for whose writer whoever opens it waits.
    /// A link may lead to anything, whatever its own length is.
    /// </summary>
    public static bool MayHoldAnything(FileInfo file) => file.Exists && (file.Length > 0 || file.LinkTarget is not null);
}
