namespace CogCommit.Core.Watch;

/// <summary>
/// Which files to look at, and when: notifications may be missing (a network drive, a buffer that ran over), so all files are looked at
/// now and then, and each second those that somebody works on. Pure: looks and times in, names out.
/// </summary>
internal sealed class FileLooks
{
    public static readonly TimeSpan EachFile = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan EachWorkedOn = TimeSpan.FromSeconds(1);

    /// <summary>How long after its last change somebody works on a file.</summary>
    public static readonly TimeSpan WorkedOnFor = TimeSpan.FromMinutes(5);

    /// <summary>A writer writes several lines at once: they are read together.</summary>
    public static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<string, FileStamp> _seen = [];
    private readonly Dictionary<string, DateTimeOffset> _workedOn = [];
    private readonly HashSet<string> _told = [];
    private DateTimeOffset _toldAt;
    private DateTimeOffset? _lastFull;
    private DateTimeOffset _nextFull = DateTimeOffset.MinValue;
    private DateTimeOffset _nextWorkedOn = DateTimeOffset.MaxValue;

    /// <summary>All files that were there at the last look.</summary>
    public IReadOnlyCollection<string> Known => _seen.Keys;

    /// <summary>Those that somebody works on.</summary>
    public IReadOnlyCollection<string> WorkedOn => _workedOn.Keys;

    /// <summary>A notification named this file, or a folder that is new.</summary>
    public void Told(string path, DateTimeOffset now)
    {
        if (_told.Count == 0)
        {
            _toldAt = now;
        }

        _told.Add(path);
    }

    /// <summary>Notifications were lost: all of them are looked at at once, and, where that goes on, once a second.</summary>
    public void Lost() => _nextFull = _lastFull is { } last && last + EachWorkedOn < _nextFull ? last + EachWorkedOn : _nextFull;

    /// <summary>When the next look is due.</summary>
    public DateTimeOffset Next => new[] { _nextFull, _nextWorkedOn, _told.Count > 0 ? _toldAt + Gathering : DateTimeOffset.MaxValue }.Min();

    /// <summary>All files are to be looked at.</summary>
    public bool IsFullDue(DateTimeOffset now) => now >= _nextFull;

    /// <summary>The single files, and new folders, to be looked at now. They count as looked at.</summary>
    public IReadOnlyList<string> Take(DateTimeOffset now)
    {
        HashSet<string> due = [];
        if (_told.Count > 0 && now >= _toldAt + Gathering)
        {
            due.UnionWith(_told);
            _told.Clear();
        }

        if (now >= _nextWorkedOn)
        {
            foreach (var cold in _workedOn.Where(file => now - file.Value > WorkedOnFor).Select(file => file.Key).ToList())
            {
                _workedOn.Remove(cold);
            }

            due.UnionWith(_workedOn.Keys);
            _nextWorkedOn = _workedOn.Count > 0 ? now + EachWorkedOn : DateTimeOffset.MaxValue;
        }

        return [.. due];
    }

    /// <summary>What a look at one file found; true when it is new or changed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="found">Null: it is gone.</param>
    /// <param name="now">When.</param>
    public bool Saw(string path, FileStamp? found, DateTimeOffset now)
    {
        if (found is not { } stamp)
        {
            _seen.Remove(path);
            _workedOn.Remove(path);
            return false;
        }

        if (_seen.TryGetValue(path, out var before) && before == stamp)
        {
            return false;
        }

        // At the first look all files are new; somebody works on those that are.
        if (_seen.ContainsKey(path) || now.UtcTicks - stamp.Modified < WorkedOnFor.Ticks)
        {
            _workedOn[path] = now;
            _nextWorkedOn = _nextWorkedOn < now + EachWorkedOn ? _nextWorkedOn : now + EachWorkedOn;
        }

        _seen[path] = stamp;
        return true;
    }

    /// <summary>What a look at all of them found; those that are new or changed. What is not among them is gone.</summary>
    public IReadOnlyList<string> SawAll(IReadOnlyDictionary<string, FileStamp> found, DateTimeOffset now)
    {
        Looked(now);
        foreach (var gone in _seen.Keys.Where(path => !found.ContainsKey(path)).ToList())
        {
            Saw(gone, null, now);
        }

        return [.. found.Where(file => Saw(file.Key, file.Value, now)).Select(file => file.Key)];
    }

    /// <summary>The look at all of them was not possible; it is made again in its time.</summary>
    public void Failed(DateTimeOffset now) => Looked(now);

    private void Looked(DateTimeOffset now)
    {
        _lastFull = now;
        _nextFull = now + EachFile;
    }
}
