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
    private readonly AsyncLocal<bool> _isLine = new();
    private long _lineWaits;
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

    /// <summary>How often whoever holds the line to Realtime began to wait: each time when all that came was heard, and all that it was time for done.</summary>
    public long LineWaits
    {
        get
        {
            lock (_gate)
            {
                return _lineWaits;
            }
        }
    }

    /// <summary>
    /// Whoever holds the line to Realtime waits for something to come, or for the time of what he does next; or, for a moment, for the file of its token.
    /// </summary>
    public bool IsLineWaiting
    {
        get
        {
            lock (_gate)
            {
                return _waits.Any(timer => timer.IsLine);
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

    /// <summary>What runs from here on, until the caller's end, holds the line to Realtime.</summary>
    public void HoldLine() => _isLine.Value = true;

    public void Sleep(TimeSpan time) => Interlocked.Add(ref _slept, time.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // Of a time-out the state is its source.
        var isDelay = state is Task;
        var timer = new WatchedTimer(this, dueTime, period) { IsLine = isDelay && _isLine.Value };
        timer.Use(base.CreateTimer(
            _ =>
            {
                Fired(timer);
                callback(state);
            },
            null,
            dueTime,
            period));
        if (isDelay)
        {
            Waiting(timer);
        }

        return timer;
    }

    private void Waiting(WatchedTimer timer)
    {
        lock (_gate)
        {
            _lineWaits += timer.IsLine ? 1 : 0;
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

        public bool IsLine { get; init; }

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
