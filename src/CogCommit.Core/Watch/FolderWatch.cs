namespace CogCommit.Core.Watch;

/// <summary>
/// The system's notifications about one folder. Where there can be none (too many are in use, a drive that has none, no folder yet) there
/// are none: who uses this looks by himself too.
/// </summary>
/// <param name="folder">The folder.</param>
/// <param name="deep">With all that is below it.</param>
/// <param name="told">Hears the full path of what changed, and whether it is new there. On any thread.</param>
/// <param name="lost">Hears that notifications were lost. On any thread.</param>
internal sealed class FolderWatch(string folder, bool deep, Action<string, bool> told, Action lost) : IDisposable
{
    private const int LargestBuffer = 64 * 1024;
    private FileSystemWatcher? _watcher;
    private DateTime _made;
    private volatile bool _broken;

    /// <summary>Why there are no notifications, or null.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Begins, and begins anew where the folder is another one by now. Call it now and then.</summary>
    public void Ensure()
    {
        var made = Directory.Exists(folder) ? Directory.GetCreationTimeUtc(folder) : default;
        if (_watcher is not null && (_broken || made == default || made != _made))
        {
            Dispose();
        }

        if (_watcher is null && made != default)
        {
            Begin(made);
        }
    }

    public void Dispose()
    {
        _watcher?.Dispose();
        _watcher = null;
    }

    private void Begin(DateTime made)
    {
        _broken = false;
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(folder)
            {
                IncludeSubdirectories = deep,
                InternalBufferSize = LargestBuffer,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
            };
            watcher.Changed += (_, change) => told(change.FullPath, false);
            watcher.Created += (_, change) => told(change.FullPath, true);
            watcher.Renamed += (_, change) => told(change.FullPath, true);
            watcher.Deleted += (_, change) => told(change.FullPath, false);
            watcher.Error += (_, _) =>
            {
                _broken = true;
                lost();
            };
            watcher.EnableRaisingEvents = true;
            (_watcher, _made, Trouble) = (watcher, made, null);
        }
        catch (Exception refused) when (refused is IOException or ArgumentException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            watcher?.Dispose();
            Trouble = refused.Message;
        }
    }
}
