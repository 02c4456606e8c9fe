using CogCommit.Core.Store;

namespace CogCommit.Core.Watch;

/// <summary>Sees that settings, sign-in or store changed, by notifications and by looking at them now and then.</summary>
internal sealed class HomeWatch : IDisposable
{
    public static readonly TimeSpan Between = TimeSpan.FromSeconds(30);

    // A writer writes the store's log in several steps.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(100);

    private readonly CogCommitHome _home;
    private readonly Func<DateTimeOffset> _now;
    private readonly Action _wake;
    private readonly object _gate = new();
    private readonly FolderWatch[] _watches;
    private readonly string[] _files;
    private readonly string _store;
    private FileStamp?[] _seen;
    private DateTimeOffset _nextLook;
    private DateTimeOffset? _storeTold;

    /// <param name="home">Whose files.</param>
    /// <param name="now">The time as the one who asks counts it.</param>
    /// <param name="wake">Called when a notification came; on any thread.</param>
    public HomeWatch(CogCommitHome home, Func<DateTimeOffset> now, Action wake)
    {
        (_home, _now, _wake) = (home, now, wake);
        _files = [home.ConfigPath, home.AuthPath];
        _store = Path.GetFileName(home.DatabasePath);
        _seen = [.. _files.Select(FileStamp.Of)];
        _nextLook = now() + Between;
        _watches =
        [
            new FolderWatch(home.Root, deep: false, (path, _) => Hear(path), Lose),
            new FolderWatch(Path.GetDirectoryName(home.DatabasePath)!, deep: false, (path, _) => Hear(path), Lose),
        ];
        Array.ForEach(_watches, watch => watch.Ensure());
    }

    public DateTimeOffset Next
    {
        get
        {
            lock (_gate)
            {
                return _storeTold is { } told && told + Gathering < _nextLook ? told + Gathering : _nextLook;
            }
        }
    }

    /// <summary>What changed since the last look: settings or sign-in, and perhaps the store. The store is named at each full look.</summary>
    public (bool Settings, bool Store) Take()
    {
        var now = _now();
        lock (_gate)
        {
            var isFull = now >= _nextLook;
            var store = isFull || now >= _storeTold + Gathering;
            if (isFull)
            {
                _nextLook = now + Between;
                Array.ForEach(_watches, watch => watch.Ensure());
            }

            _storeTold = store ? null : _storeTold;
            FileStamp?[] stamps = [.. _files.Select(FileStamp.Of)];
            var settings = !stamps.SequenceEqual(_seen);
            _seen = stamps;
            return (settings, store);
        }
    }

    /// <summary>False when the store was taken away.</summary>
    public bool HasStore => File.Exists(_home.DatabasePath);

    public void Dispose() => Array.ForEach(_watches, watch => watch.Dispose());

    private void Hear(string path)
    {
        if (_files.Contains(path))
        {
            lock (_gate)
            {
                _nextLook = _now();
            }

            _wake();
        }
        else if (Path.GetFileName(path).StartsWith(_store, StringComparison.Ordinal) && !path.EndsWith("-shm", StringComparison.Ordinal))
        {
            lock (_gate)
            {
                if (_storeTold is not null)
                {
                    return;
                }

                _storeTold = _now();
            }

            _wake();
        }
    }

    private void Lose()
    {
        lock (_gate)
        {
            _storeTold ??= _now();
        }

        _wake();
    }
}
