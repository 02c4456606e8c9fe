using CogCommit.Core.Watch;
using CsCheck;

namespace CogCommit.Core.Tests.Watch;

/// <summary>What holds of every history of happenings.</summary>
public class SyncScheduleLawTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    // What happens in a second: nothing mostly.
    private static readonly Gen<int[]> Seconds = Gen.Int[0, 30].Array[4000];

    private enum Happens
    {
        Change = 1,
        Nudge,
        NetworkBack,
        Joined,
        Lost,
    }

    [Theory]
    [InlineData(false, 130)]
    [InlineData(true, 720)]
    public void Offline_no_hour_sees_more_tries_than_this_whatever_happens(bool networkComesAndGoes, int most) =>
        Gen.Select(Seconds, Gen.Int).Sample((seconds, seed) =>
        {
            // The worst luck: each wait is the shortest there may be.
            var schedule = new SyncSchedule(new Unlucky());
            List<DateTimeOffset> tries = [];
            for (var i = 0; i < seconds.Length * 10; i++)
            {
                var now = Noon.AddMilliseconds(i * 100);
                if (i % 10 == 0)
                {
                    Happen(schedule, seconds[i / 10], now, networkComesAndGoes);
                }

                if (schedule.Begin(now) != SyncWork.None)
                {
                    tries.Add(now);
                    schedule.Failed(now);
                }
            }

            return tries.All(first => tries.Count(other => other >= first && other < first.AddHours(1)) <= most);
        }, iter: 30);

    [Fact]
    public void A_change_is_sent_within_five_seconds_or_the_wait_of_a_failure_and_never_forgotten() =>
        Gen.Select(Seconds, Gen.Int, Gen.Double[0, 0.9]).Sample((seconds, seed, fails) =>
        {
            var random = new Random(seed);
            var schedule = new SyncSchedule(random);
            DateTimeOffset? oldest = null;
            DateTimeOffset? sending = null;
            (DateTimeOffset At, SyncWork Work)? running = null;
            for (var i = 0; i < seconds.Length * 10; i++)
            {
                var now = Noon.AddMilliseconds(i * 100);
                if (i % 10 == 0)
                {
                    Happen(schedule, seconds[i / 10], now, network: true);
                    oldest = seconds[i / 10] == (int)Happens.Change ? oldest ?? now : oldest;
                }

                if (running is { } ends && ends.At <= now)
                {
                    if (random.NextDouble() < fails)
                    {
                        schedule.Failed(now);
                        oldest = sending ?? oldest;
                    }
                    else
                    {
                        schedule.Succeeded(now);
                    }

                    (running, sending) = (null, null);
                }

                if (schedule.Begin(now) is not SyncWork.None and var work)
                {
                    running = (now.AddMilliseconds(random.Next(0, 3000)), work);
                    if (work != SyncWork.Pull)
                    {
                        (sending, oldest) = (oldest, null);
                    }
                }

                // What waits is known to wait; and with no failure to wait for, and nothing under way, it does not wait for longer than that.
                if (oldest is { } since && (!schedule.HasChanges || (running is null && schedule.NextTry is null && now - since > TimeSpan.FromSeconds(8.2))))
                {
                    return false;
                }
            }

            return true;
        }, iter: 100);

    [Fact]
    public void It_never_asks_to_be_looked_at_for_nothing() =>
        Gen.Select(Seconds, Gen.Int).Sample((seconds, seed) =>
        {
            var schedule = new SyncSchedule(new Random(seed));
            for (var i = 0; i < seconds.Length; i++)
            {
                var now = Noon.AddSeconds(i);
                Happen(schedule, seconds[i], now, network: true);
                var due = schedule.Next() <= now;
                var work = schedule.Begin(now);
                if (due != (work != SyncWork.None))
                {
                    return false;
                }

                if (work != SyncWork.None && i % 3 == 0)
                {
                    schedule.Failed(now);
                }
                else if (work != SyncWork.None)
                {
                    schedule.Succeeded(now);
                }
            }

            return true;
        }, iter: 100);

    private static void Happen(SyncSchedule schedule, int what, DateTimeOffset now, bool network)
    {
        switch ((Happens)what)
        {
            case Happens.Change:
                schedule.Changed(now);
                break;
            case Happens.Nudge:
                schedule.PullWanted();
                break;
            case Happens.NetworkBack when network:
                schedule.NetworkBack(now);
                break;
            case Happens.Joined when network:
                schedule.Joined(now);
                break;
            case Happens.Lost:
                schedule.Lost();
                break;
            default:
                break;
        }
    }

    private sealed class Unlucky : Random
    {
        public override double NextDouble() => 0;
    }
}
