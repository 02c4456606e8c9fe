namespace CogCommit.Core.Store;

/// <summary>A private file while it is written, beside the place to which it is then moved: nobody ever finds half of it there. Not moved, it goes.</summary>
internal sealed class HalfFile : IDisposable
{
    private const string Ending = ".new";

    // Nobody writes a picture for that long: whoever left it was killed.
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    private readonly string _path;

    public HalfFile(string folder)
    {
        PrivateFiles.CreateFolder(folder);
        _path = Path.Combine(folder, $"{Guid.NewGuid():N}{Ending}");
        Content = PrivateFiles.Open(_path, FileMode.CreateNew, FileShare.None);
    }

    public FileStream Content { get; }

    public void MoveTo(string path)
    {
        Content.Dispose();
        File.Move(_path, path, overwrite: true);
    }

    public void Dispose()
    {
        Content.Dispose();
        File.Delete(_path);
    }

    /// <summary>True of one that a process left behind that is no more.</summary>
    public static bool IsAbandoned(FileInfo file, DateTimeOffset now) =>
        file.Name.EndsWith(Ending, StringComparison.Ordinal)
        && Guid.TryParseExact(file.Name.AsSpan(0, file.Name.Length - Ending.Length), "N", out _)
        && file.LastWriteTimeUtc < (now - Abandoned).UtcDateTime;
}
