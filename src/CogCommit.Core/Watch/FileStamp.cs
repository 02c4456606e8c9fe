namespace CogCommit.Core.Watch;

/// <summary>What tells that a file changed, without opening it.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="Modified">UTC ticks of its last write.</param>
internal readonly record struct FileStamp(long Size, long Modified)
{
    /// <summary>Null when there is no such file, or it cannot be looked at.</summary>
    public static FileStamp? Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new FileStamp(file.Length, file.LastWriteTimeUtc.Ticks) : null;
    }
}
