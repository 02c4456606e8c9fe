namespace CogCommit.Core.Watch;

/// <summary>
/// When to push and to pull: happenings and times in, what is due out. It knows no clock, no network and no store; one thread at a time.
/// Nothing it was told of is forgotten before a sync of it has succeeded.
/// </summary>
internal sealed class SyncSchedule(Random random)
{
    /// <summary>As long as nobody tells of pushes, they are asked for this often at least.</summary>
    public static readonly TimeSpan LongestDeaf = TimeSpan.FromMinutes(1);

    /// <summary>A network that comes and goes is believed this often.</summary>
    public static readonly TimeSpan BetweenHopes = TimeSpan.FromSeconds(30);

    public static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private readonly BackOff _backOff = new(random, FirstWait, LongestWait);
    private WatchSettings _settings = new();
    private DateTimeOffset? _firstChange;
    private DateTimeOffset? _lastChange;
    private DateTimeOffset? _lastPull;
    private DateTimeOffset? _lastHope;
    private bool _pullWanted = true;
    private bool _joined;
    private (SyncWork Work, DateTimeOffset? FirstChange)? _running;

    public bool IsRunning => _running is not null;

    /// <summary>A change waits, or is on its way.</summary>
    public bool HasChanges => _firstChange is not null || _running?.FirstChange is not null;

    public DateTimeOffset? FailingSince { get; private set; }

    public int Failures { get; private set; }

    /// <summary>Null while nothing fails.</summary>
    public DateTimeOffset? NextTry { get; private set; }

    public bool IsJoined => _joined;

    public void Use(WatchSettings settings) => _settings = settings;

    /// <summary>Something here waits for the cloud.</summary>
    public void Changed(DateTimeOffset now)
    {
        _firstChange ??= now;
        _lastChange = now;
    }

    /// <summary>Something new is in the cloud.</summary>
    public void PullWanted() => _pullWanted = true;

    /// <summary>The cloud tells of pushes from now on; of what came before it tells nothing.</summary>
    public void Joined(DateTimeOffset now)
    {
        _joined = true;
        _pullWanted = true;
        NetworkBack(now);
    }

    public void Lost() => _joined = false;

    /// <summary>What failed may succeed now.</summary>
    public void NetworkBack(DateTimeOffset now)
    {
        if (NextTry is not { } planned)
        {
            return;
        }

        var hope = _lastHope is { } last && last + BetweenHopes > now ? last + BetweenHopes : now;
        if (hope < planned)
        {
            NextTry = hope;
            _lastHope = hope;
            _backOff.Soften();
        }
    }

    /// <summary>What is due now; it counts as begun.</summary>
    public SyncWork Begin(DateTimeOffset now)
    {
        var work = Due(now);
        if (work != SyncWork.None)
        {
            _running = (work, work == SyncWork.Pull ? null : _firstChange);
            if (work != SyncWork.Pull)
            {
                _firstChange = _lastChange = null;
            }

            if (work != SyncWork.Push)
            {
                _pullWanted = false;
            }
        }

        return work;
    }

    /// <summary>When to look again, if nothing happens until then; null: not at all.</summary>
    public DateTimeOffset? Next()
    {
        if (IsRunning)
        {
            return null;
        }

        if (NextTry is { } next)
        {
            return next;
        }

        return _pullWanted || _lastPull is null ? DateTimeOffset.MinValue : Earlier(PushAt(), _lastPull + PullEvery());
    }

    public void Succeeded(DateTimeOffset now)
    {
        if (_running is { Work: not SyncWork.Push })
        {
            _lastPull = now;
        }

        _running = null;
        FailingSince = NextTry = _lastHope = null;
        Failures = 0;
        _backOff.Reset();
    }

    /// <summary>It failed in a way that time may mend.</summary>
    public void Failed(DateTimeOffset now)
    {
        PutBack(now);
        FailingSince ??= now;
        Failures++;
        NextTry = now + _backOff.Next();
    }

    /// <summary>It ended because somebody stopped it: nothing is known of the cloud by that.</summary>
    public void Left(DateTimeOffset now) => PutBack(now);

    /// <summary>As after the start: another cloud, another user, or other settings.</summary>
    public void StartAnew()
    {
        _running = null;
        _joined = false;
        _pullWanted = true;
        _lastPull = null;
        FailingSince = NextTry = _lastHope = null;
        Failures = 0;
        _backOff.Reset();
    }

    private SyncWork Due(DateTimeOffset now)
    {
        if (IsRunning || NextTry > now)
        {
            return SyncWork.None;
        }

        if (NextTry is not null)
        {
            return SyncWork.Sync;
        }

        var pull = _pullWanted || _lastPull is null || now >= _lastPull + PullEvery();
        var push = PushAt() <= now;
        return (pull, push) switch
        {
            // What waits goes along, whether its time has come or not.
            (true, _) when push || _firstChange is not null => SyncWork.Sync,
            (true, _) => _lastPull is null ? SyncWork.Sync : SyncWork.Pull,
            (_, true) => SyncWork.Push,
            _ => SyncWork.None,
        };
    }

    private DateTimeOffset? PushAt() => Earlier(_lastChange + _settings.Debounce, _firstChange + _settings.MaxWait);

    private TimeSpan PullEvery() => _joined || _settings.PullInterval < LongestDeaf ? _settings.PullInterval : LongestDeaf;

    private void PutBack(DateTimeOffset now)
    {
        if (_running is not { } running)
        {
            return;
        }

        _running = null;
        if (running.FirstChange is { } first)
        {
            _firstChange = first;
            _lastChange ??= now;
        }

        _pullWanted |= running.Work != SyncWork.Push;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null ? other : other is null ? one : one < other ? one : other;
}
