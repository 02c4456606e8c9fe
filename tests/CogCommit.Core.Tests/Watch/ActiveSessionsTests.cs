using CogCommit.Core.Watch;

namespace CogCommit.Core.Tests.Watch;

public class ActiveSessionsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);
    private readonly ActiveSessions _sessions = new();

    [Fact]
    public void A_session_ends_once_when_it_was_idle_for_long_enough()
    {
        _sessions.Saw("one", "loom", Noon);

        Assert.Equal(Noon + Idle, _sessions.Next(Idle));
        Assert.Empty(_sessions.TakeEnded(Noon + Idle - TimeSpan.FromTicks(1), Idle));
        Assert.Equal([("one", "loom", Noon)], _sessions.TakeEnded(Noon + Idle, Idle));
        Assert.Empty(_sessions.TakeEnded(Noon + Idle + Idle, Idle));
        Assert.Null(_sessions.Next(Idle));
    }

    [Fact]
    public void What_it_says_meanwhile_keeps_it_going_and_what_it_says_afterwards_begins_it_again()
    {
        _sessions.Saw("one", "loom", Noon);
        _sessions.Saw("one", null, Noon.AddMinutes(20));
        _sessions.Saw("one", null, Noon.AddMinutes(10));

        Assert.Empty(_sessions.TakeEnded(Noon.AddMinutes(49), Idle));
        Assert.Equal([("one", "loom", Noon.AddMinutes(20))], _sessions.TakeEnded(Noon.AddMinutes(50), Idle));

        _sessions.Saw("one", "loom", Noon.AddHours(2));
        Assert.Single(_sessions.TakeEnded(Noon.AddHours(3), Idle));
    }

    [Fact]
    public void Another_time_to_wait_takes_effect_at_once()
    {
        _sessions.Saw("one", "loom", Noon);
        Assert.Empty(_sessions.TakeEnded(Noon.AddMinutes(1), Idle));
        Assert.Single(_sessions.TakeEnded(Noon.AddMinutes(1), TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void They_are_told_in_the_order_in_which_they_ended()
    {
        _sessions.Saw("late", null, Noon.AddMinutes(2));
        _sessions.Saw("early", null, Noon);
        _sessions.Saw("going on", null, Noon.AddHours(1));

        Assert.Equal(["early", "late"], _sessions.TakeEnded(Noon.AddHours(1), Idle).Select(session => session.SessionId));
        Assert.Equal(Noon.AddHours(1) + Idle, _sessions.Next(Idle));
    }
}
