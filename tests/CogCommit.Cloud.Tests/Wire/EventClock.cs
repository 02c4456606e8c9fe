namespace CogCommit.Cloud.Tests.Wire;

/// <summary>
/// A clock on which waiting takes no time. A wait is over at once and moves the clock; a time-out (named at the start by its length)
/// ends only when the clock comes to it, by waits or because a test lets it.
/// </summary>
internal sealed class EventClock(params TimeSpan[] timeouts) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<EventTimer> _pending = [];
    private DateTimeOffset _now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Start { get; } = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public List<TimeSpan> Waits { get; } = [];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    /// <summary>Nothing else will happen: the next time-out ends.</summary>
    public void ComeToNextTimeout()
    {
        lock (_lock)
        {
            MoveTo(_pending.Min(timer => timer.Due));
        }
    }

    public void Advance(TimeSpan span)
    {
        lock (_lock)
        {
            MoveTo(_now + span);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new EventTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private void Schedule(EventTimer timer, TimeSpan due)
    {
        lock (_lock)
        {
            _pending.Remove(timer);
            if (due == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            timer.Due = _now + due;
            _pending.Add(timer);
            if (timeouts.Contains(due))
            {
                return;
            }

            Waits.Add(due);
            MoveTo(_pending.Where(other => other.Due <= timer.Due).Min(other => other.Due));
        }
    }

    private void MoveTo(DateTimeOffset to)
    {
        _now = to;
        foreach (var timer in _pending.Where(timer => timer.Due <= to).ToList())
        {
            _pending.Remove(timer);
            // As real timers: never on the thread that set them.
            ThreadPool.QueueUserWorkItem(_ => timer.Fire());
        }
    }

    private sealed class EventTimer(EventClock clock, Action fire) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.Schedule(this, dueTime);
            return true;
        }

        public void Dispose() => clock.Schedule(this, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
