using Microsoft.Extensions.Time.Testing;

namespace CogCommit.Core.Tests.Watch;

/// <summary>A clock that the test moves, and that tells what is waited for: who waits until a moment is not early for it.</summary>
internal sealed class AlarmClock() : FakeTimeProvider(DateTimeOffset.UtcNow)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Alarm, DateTimeOffset> _set = [];

    /// <summary>When the next timer ends; null while what the last one began goes on.</summary>
    public DateTimeOffset? Next
    {
        get
        {
            lock (_gate)
            {
                return _set.Count > 0 ? _set.Values.Min() : null;
            }
        }
    }

    /// <summary>Whoever watches has done what was due, and waits.</summary>
    public bool IsWaitedFor => Next > GetUtcNow();

    public void Pass(TimeSpan time)
    {
        // A timer is set before or after that, never meanwhile.
        lock (_gate)
        {
            Advance(time);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this);
        alarm.Use(base.CreateTimer(
            _ =>
            {
                alarm.Forget();
                callback(state);
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan));
        alarm.Change(dueTime, period);
        return alarm;
    }

    private sealed class Alarm(AlarmClock clock) : ITimer
    {
        private ITimer? _timer;

        public void Use(ITimer timer) => _timer = timer;

        public void Forget()
        {
            lock (clock._gate)
            {
                clock._set.Remove(this);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._set.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    clock._set[this] = clock.GetUtcNow() + dueTime;
                }

                return _timer!.Change(dueTime, period);
            }
        }

        public void Dispose()
        {
            Forget();
            _timer?.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
