namespace CogCommit.Core.Watch;

/// <summary>
/// The time by which watching decides what is due: it never runs backwards, whoever sets the machine's clock, and counts the time in which
/// the machine slept, in which timers stand still.
/// </summary>
internal sealed class WatchClock
{
    /// <summary>The clock is this far ahead of what was measured: the machine slept, or somebody set it.</summary>
    public static readonly TimeSpan Sleep = TimeSpan.FromSeconds(20);

    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _began;
    private readonly long _stamp;
    private readonly object _gate = new();
    private TimeSpan _slept;
    private bool _woke;

    public WatchClock(TimeProvider clock)
    {
        _clock = clock;
        _began = clock.GetUtcNow();
        _stamp = clock.GetTimestamp();
    }

    public DateTimeOffset Now
    {
        get
        {
            lock (_gate)
            {
                var now = _began + _clock.GetElapsedTime(_stamp) + _slept;
                if (_clock.GetUtcNow() - now is var ahead && ahead > Sleep)
                {
                    _slept += ahead;
                    _woke = true;
                    now += ahead;
                }

                return now;
            }
        }
    }

    /// <summary>True once after the machine slept.</summary>
    public bool TakeWoke()
    {
        lock (_gate)
        {
            var woke = _woke;
            _woke = false;
            return woke;
        }
    }
}
