using CogCommit.Core.Watch;

namespace CogCommit.Core.Tests.Watch;

public class WatchClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly SleepingClock _machine = new(Noon);

    [Fact]
    public void It_goes_with_what_is_measured()
    {
        var clock = new WatchClock(_machine);
        _machine.Pass(TimeSpan.FromHours(3));

        Assert.Equal(Noon.AddHours(3), clock.Now);
        Assert.False(clock.TakeWoke());
    }

    [Fact]
    public void It_counts_the_time_in_which_the_machine_slept_and_says_so_once()
    {
        var clock = new WatchClock(_machine);
        _machine.Pass(TimeSpan.FromSeconds(1));
        _machine.Set(TimeSpan.FromHours(8));

        Assert.Equal(Noon.AddHours(8).AddSeconds(1), clock.Now);
        Assert.True(clock.TakeWoke());
        Assert.False(clock.TakeWoke());
        _machine.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(Noon.AddHours(8).AddSeconds(2), clock.Now);
        Assert.False(clock.TakeWoke());
    }

    [Fact]
    public void It_never_runs_backwards()
    {
        var clock = new WatchClock(_machine);
        _machine.Set(TimeSpan.FromDays(-400));
        _machine.Pass(TimeSpan.FromSeconds(5));

        Assert.Equal(Noon.AddSeconds(5), clock.Now);
        Assert.False(clock.TakeWoke());
    }

    /// <summary>Its time of day and what it measures go apart, as when a machine sleeps or somebody sets its clock.</summary>
    private sealed class SleepingClock(DateTimeOffset now) : TimeProvider
    {
        private DateTimeOffset _now = now;
        private long _measured;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan time)
        {
            _now += time;
            _measured += time.Ticks;
        }

        public void Set(TimeSpan by) => _now += by;

        public override DateTimeOffset GetUtcNow() => _now;

        public override long GetTimestamp() => _measured;
    }
}
