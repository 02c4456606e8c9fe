using CogCommit.Core.Cloud.Auth;
using Microsoft.Extensions.Time.Testing;

namespace CogCommit.Cloud.Tests.Day;

/// <summary>
/// A machine's clock. While it sleeps its timers and its timestamps stand still; the time of day goes on. It knows when what a timer began
/// is not over yet: a timer that ended is set anew or given back by whoever waited for it.
/// </summary>
internal sealed class MachineClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    /// <summary>Whoever waits no longer than this mostly waits for somebody else's file.</summary>
    public static readonly TimeSpan Moment = FileLock.Pause;

    private readonly Lock _gate = new();
    private readonly HashSet<WatchedTimer> _fired = [];
    private readonly HashSet<WatchedTimer> _waits = [];
    private long _made;
    private long _slept;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Volatile.Read(ref _slept));

    /// <summary>What timers began goes on.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_gate)
            {
                return _fired.Count > 0;
            }
        }
    }

    /// <summary>How often somebody began to wait, by Task.Delay.</summary>
    public long Waits => Interlocked.Read(ref _made);

    /// <summary>Somebody waits, by Task.Delay.</summary>
    public bool IsWaitedFor
    {
        get
        {
            lock (_gate)
            {
                return _waits.Count > 0;
            }
        }
    }

    /// <summary>Somebody waits by Task.Delay, for a moment only.</summary>
    public bool IsWaitedForAMoment
    {
        get
        {
            lock (_gate)
            {
                return _waits.Any(timer => timer.Wait <= Moment);
            }
        }
    }

    public void Sleep(TimeSpan time) => Interlocked.Add(ref _slept, time.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new WatchedTimer(this, dueTime, period);
        timer.Use(base.CreateTimer(
            _ =>
            {
                Fired(timer);
                callback(state);
            },
            null,
            dueTime,
            period));
        // Of a time-out the state is its source.
        if (state is Task)
        {
            Waiting(timer);
        }

        return timer;
    }

    private void Waiting(WatchedTimer timer)
    {
        lock (_gate)
        {
            _made++;
            if (timer is { HasFired: false, IsGone: false })
            {
                _waits.Add(timer);
            }
        }
    }

    private void Fired(WatchedTimer timer)
    {
        lock (_gate)
        {
            timer.HasFired = true;
            _waits.Remove(timer);
            // One that was given back while it ended is nobody's any more.
            if (timer is { IsOnce: true, IsGone: false })
            {
                _fired.Add(timer);
            }
        }
    }

    private void Over(WatchedTimer timer, bool isGone = false)
    {
        lock (_gate)
        {
            timer.IsGone |= isGone;
            if (isGone)
            {
                _waits.Remove(timer);
            }

            _fired.Remove(timer);
        }
    }

    private sealed class WatchedTimer(MachineClock clock, TimeSpan wait, TimeSpan period) : ITimer
    {
        private ITimer? _timer;

        public TimeSpan Wait { get; } = wait;

        public bool IsOnce { get; private set; } = period == Timeout.InfiniteTimeSpan;

        public bool IsGone { get; set; }

        public bool HasFired { get; set; }

        public void Use(ITimer timer) => _timer = timer;

        public bool Change(TimeSpan dueTime, TimeSpan newPeriod)
        {
            IsOnce = newPeriod == Timeout.InfiniteTimeSpan;
            clock.Over(this);
            return _timer!.Change(dueTime, newPeriod);
        }

        public void Dispose()
        {
            clock.Over(this, isGone: true);
            _timer?.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
