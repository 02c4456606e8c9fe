using CogCommit.Core.Watch;

namespace CogCommit.Core.Tests.Watch;

public class SyncScheduleTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly SyncSchedule _schedule = new(new Random(1));

    [Fact]
    public void The_start_brings_both_sides_in_step() => Assert.Equal(SyncWork.Sync, _schedule.Begin(Noon));

    [Theory]
    [InlineData(new[] { 0 }, 500)]                                  // one change: quiet for half a second
    [InlineData(new[] { 0, 400 }, 900)]                             // more of it: half a second after the last
    [InlineData(new[] { 0, 400, 800, 1200, 1600 }, 2100)]
    [InlineData(new[] { 0, 400, 800, 1200, 1600, 2000, 2400, 2800, 3200, 3600, 4000, 4400, 4800 }, 5000)]   // no end of it: five seconds after the first
    public void A_change_is_sent_after_half_a_second_of_quiet_and_at_most_five_seconds_after_the_first(int[] changes, int sent)
    {
        Start();
        foreach (var change in changes)
        {
            Assert.Equal(SyncWork.None, _schedule.Begin(At(change)));
            _schedule.Changed(At(change));
        }

        Assert.Equal(At(sent), _schedule.Next());
        Assert.Equal(SyncWork.None, _schedule.Begin(At(sent - 1)));
        Assert.Equal(SyncWork.Push, _schedule.Begin(At(sent)));
        Assert.False(_schedule is { IsRunning: false });
    }

    [Theory]
    [InlineData(true, 300)]
    [InlineData(false, 60)]
    public void The_cloud_is_asked_each_five_minutes_and_each_minute_where_it_tells_nothing(bool joined, int seconds)
    {
        Start(joined);

        Assert.Equal(At(seconds * 1000), _schedule.Next());
        Assert.Equal(SyncWork.None, _schedule.Begin(At((seconds * 1000) - 1)));
        Assert.Equal(SyncWork.Pull, _schedule.Begin(At(seconds * 1000)));
    }

    [Fact]
    public void Joining_and_a_nudge_bring_a_pull_at_once()
    {
        Start();
        _schedule.Joined(At(10));
        Assert.Equal(SyncWork.Pull, _schedule.Begin(At(10)));
        _schedule.Succeeded(At(20));

        _schedule.PullWanted();
        Assert.Equal(SyncWork.Pull, _schedule.Begin(At(30)));
    }

    [Fact]
    public void What_waits_goes_along_with_a_pull()
    {
        Start();
        _schedule.Changed(At(0));
        _schedule.PullWanted();

        Assert.Equal(SyncWork.Sync, _schedule.Begin(At(1)));
        _schedule.Succeeded(At(2));
        Assert.Equal(SyncWork.None, _schedule.Begin(At(600)));
    }

    [Fact]
    public void What_changes_while_a_push_is_under_way_goes_with_the_next()
    {
        Start();
        _schedule.Changed(At(0));
        Assert.Equal(SyncWork.Push, _schedule.Begin(At(500)));
        _schedule.Changed(At(600));
        Assert.Equal(SyncWork.None, _schedule.Begin(At(5000)));
        _schedule.Succeeded(At(5000));

        Assert.Equal(SyncWork.Push, _schedule.Begin(At(5000)));
    }

    [Fact]
    public void A_failure_is_tried_again_later_and_then_everything_is()
    {
        Start();
        _schedule.Changed(At(0));
        Assert.Equal(SyncWork.Push, _schedule.Begin(At(500)));
        _schedule.Failed(At(600));

        Assert.Equal((At(600), 1), (_schedule.FailingSince, _schedule.Failures));
        Assert.True(_schedule.NextTry >= At(1600));
        Assert.Equal(SyncWork.None, _schedule.Begin(_schedule.NextTry!.Value.AddTicks(-1)));
        Assert.Equal(SyncWork.Sync, _schedule.Begin(_schedule.NextTry!.Value));
        _schedule.Failed(At(9000));
        Assert.Equal((At(600), 2), (_schedule.FailingSince, _schedule.Failures));
        Assert.True(_schedule.HasChanges);

        Assert.Equal(SyncWork.Sync, _schedule.Begin(_schedule.NextTry!.Value));
        _schedule.Succeeded(At(60_000));
        Assert.Equal((null, 0, null), (_schedule.FailingSince, _schedule.Failures, _schedule.NextTry));
        Assert.False(_schedule.HasChanges);
    }

    [Fact]
    public void When_the_network_is_back_it_is_tried_at_once_and_then_each_half_minute_at_most()
    {
        FailUntilTheWaitIsLong();
        var now = At(0).AddHours(1);
        _schedule.NetworkBack(now);
        Assert.Equal(SyncWork.Sync, _schedule.Begin(now));
        _schedule.Failed(now);

        _schedule.NetworkBack(now.AddSeconds(1));
        Assert.True(_schedule.NextTry <= now.AddSeconds(30));
        Assert.True(_schedule.NextTry >= now.AddSeconds(1));
    }

    [Fact]
    public void Another_user_begins_anew_and_what_waits_still_waits()
    {
        Start();
        _schedule.Changed(At(0));
        Assert.Equal(SyncWork.Push, _schedule.Begin(At(500)));
        _schedule.Failed(At(600));
        _schedule.StartAnew();

        Assert.Null(_schedule.FailingSince);
        Assert.True(_schedule.HasChanges);
        Assert.Equal(SyncWork.Sync, _schedule.Begin(At(601)));
    }

    [Fact]
    public void What_was_left_in_the_middle_is_due_again()
    {
        Start();
        _schedule.Changed(At(0));
        Assert.Equal(SyncWork.Push, _schedule.Begin(At(500)));
        _schedule.Left(At(600));

        Assert.True(_schedule.HasChanges);
        Assert.Null(_schedule.FailingSince);
        Assert.Equal(SyncWork.Push, _schedule.Begin(At(1100)));
    }

    [Fact]
    public void Settings_take_effect_at_once()
    {
        Start();
        _schedule.Use(new WatchSettings { Debounce = TimeSpan.FromSeconds(10), MaxWait = TimeSpan.FromSeconds(20), PullInterval = TimeSpan.FromSeconds(30) });
        _schedule.Changed(At(0));

        Assert.Equal(At(10_000), _schedule.Next());
        Assert.Equal(SyncWork.Push, _schedule.Begin(At(10_000)));
        _schedule.Succeeded(At(10_000));
        Assert.Equal(At(30_000), _schedule.Next());
    }

    private static DateTimeOffset At(int milliseconds) => Noon.AddMilliseconds(milliseconds);

    private void Start(bool joined = false)
    {
        if (joined)
        {
            _schedule.Joined(Noon);
        }

        Assert.Equal(SyncWork.Sync, _schedule.Begin(Noon));
        _schedule.Succeeded(Noon);
    }

    private void FailUntilTheWaitIsLong()
    {
        var now = Noon;
        for (var i = 0; i < 20; i++)
        {
            Assert.NotEqual(SyncWork.None, _schedule.Begin(now));
            _schedule.Failed(now);
            now = _schedule.NextTry!.Value;
        }
    }
}
