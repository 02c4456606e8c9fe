namespace CogCommit.Core.Watch;

/// <summary>Sees which transcripts change, by notifications and by looking. One thread at a time; notifications come on their own.</summary>
internal sealed class FileWatch : IDisposable
{
    private const string Extension = ".jsonl";
    private readonly IReadOnlyList<string> _roots;
    private readonly Func<DateTimeOffset> _now;
    private readonly Action _wake;
    private readonly IReport? _report;
    private readonly FileLooks _looks = new();
    private readonly object _telling = new();
    private readonly HashSet<string> _told = [];
    private readonly Dictionary<string, FolderWatch> _watches = [];
    private bool _lost;
    private string? _trouble;

    /// <param name="roots">Folders and files, there or not.</param>
    /// <param name="now">The time as the one who asks counts it.</param>
    /// <param name="wake">Called when a notification came; on any thread.</param>
    /// <param name="report">Hears what cannot be watched.</param>
    public FileWatch(IReadOnlyList<string> roots, Func<DateTimeOffset> now, Action wake, IReport? report)
    {
        _roots = [.. roots.Select(Path.GetFullPath)];
        (_now, _wake, _report) = (now, wake, report);
    }

    /// <summary>All transcripts that were there at the last look.</summary>
    public IReadOnlyCollection<string> Known => _looks.Known;

    public IReadOnlyCollection<string> WorkedOn => _looks.WorkedOn;

    /// <summary>When the next look is due.</summary>
    public DateTimeOffset Next
    {
        get
        {
            TakeTold();
            return _looks.Next;
        }
    }

    /// <summary>Makes the looks that are due.</summary>
    /// <returns>The transcripts that are new or changed.</returns>
    public IReadOnlyList<string> Look()
    {
        TakeTold();
        var now = _now();
        HashSet<string> changed = [];
        if (_looks.IsFullDue(now))
        {
            changed.UnionWith(LookAtAll(now));
        }

        foreach (var path in _looks.Take(now))
        {
            // A folder that is new: what was put into it before it was watched is told by nobody.
            foreach (var file in Directory.Exists(path) ? Below(path) : [path])
            {
                if (IsTranscript(file) && _looks.Saw(file, FileStamp.Of(file), now))
                {
                    changed.Add(file);
                }
            }
        }

        return [.. changed];
    }

    /// <summary>Notifications may have been lost.</summary>
    public void Lose()
    {
        lock (_telling)
        {
            _lost = true;
        }

        _wake();
    }

    public void Dispose()
    {
        foreach (var watch in _watches.Values)
        {
            watch.Dispose();
        }
    }

    private IReadOnlyList<string> LookAtAll(DateTimeOffset now)
    {
        // The notifications begin before the look: what comes between the two is seen twice, and not never.
        Ensure();
        try
        {
            var found = new Dictionary<string, FileStamp>();
            foreach (var file in _roots.SelectMany(root => Directory.Exists(root) ? Below(root) : [root]))
            {
                if (IsTranscript(file) && FileStamp.Of(file) is { } stamp)
                {
                    found[file] = stamp;
                }
            }

            return _looks.SawAll(found, now);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // A drive that goes away while it is read: what was known of it stays known until it is back.
            _report?.Verbose($"The transcripts could not all be looked at: {refused.Message} They are looked at again in {FileLooks.EachFile.TotalSeconds:0} s.");
            _looks.Failed(now);
            return [];
        }
    }

    private void Ensure()
    {
        foreach (var root in _roots)
        {
            var isFile = IsTranscript(root) && !Directory.Exists(root);
            var folder = isFile ? Path.GetDirectoryName(root)! : root;
            if (!_watches.TryGetValue(root, out var watch))
            {
                _watches[root] = watch = new FolderWatch(folder, deep: !isFile, (path, isNew) => Hear(path, isNew, isFile ? root : null), Lose);
            }

            watch.Ensure();
            if (watch.Trouble is { } trouble && trouble != _trouble)
            {
                _trouble = trouble;
                _report?.Verbose($"The system gives no notifications about '{folder}': {trouble} It is looked at each {FileLooks.EachFile.TotalSeconds:0} s instead, and what is worked on each second.");
            }
        }
    }

    private void Hear(string path, bool isNew, string? only)
    {
        if ((only is not null && path != only) || (!isNew && !IsTranscript(path)))
        {
            return;
        }

        lock (_telling)
        {
            if (!_told.Add(path) || _told.Count > 1)
            {
                return;
            }
        }

        _wake();
    }

    private void TakeTold()
    {
        lock (_telling)
        {
            foreach (var path in _told)
            {
                _looks.Told(path, _now());
            }

            _told.Clear();
            if (_lost)
            {
                _lost = false;
                _looks.Lost();
            }
        }
    }

    private static bool IsTranscript(string path) => path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Below(string folder) => Directory.EnumerateFiles(folder, "*" + Extension, new EnumerationOptions
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.None,
    });
}
