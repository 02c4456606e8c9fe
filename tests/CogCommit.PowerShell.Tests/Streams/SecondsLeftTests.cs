using CogCommit.PowerShell.Pipeline;
using Microsoft.Extensions.Time.Testing;

namespace CogCommit.PowerShell.Tests.Streams;

public class SecondsLeftTests
{
    private readonly FakeTimeProvider _clock = new();

    [Theory]
    [InlineData(0, 100, 5)]
    [InlineData(10, 0, 5)]
    [InlineData(10, -1, 5)]
    [InlineData(10, 100, 0.9)]
    public void What_nobody_can_know_is_not_said(long done, long total, double after)
    {
        var left = new SecondsLeft(_clock);
        _clock.Advance(TimeSpan.FromSeconds(after));

        Assert.Equal(-1, left.At(done, total));
    }

    [Theory]
    [InlineData(10, 100, 10, 90)]
    [InlineData(50, 100, 10, 10)]
    [InlineData(99, 100, 99, 1)]
    [InlineData(100, 100, 10, 0)]
    [InlineData(120, 100, 10, 0)]
    public void The_rate_so_far_tells_how_long_the_rest_takes(long done, long total, double after, int seconds)
    {
        var left = new SecondsLeft(_clock);
        _clock.Advance(TimeSpan.FromSeconds(after));

        Assert.Equal(seconds, left.At(done, total));
    }

    [Fact]
    public void Steady_work_counts_down_with_the_clock()
    {
        var left = new SecondsLeft(_clock);
        for (var second = 1; second <= 60; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));

            Assert.Equal(60 - second, left.At(second, 60));
        }
    }

    [Fact]
    public void A_moment_in_which_much_or_nothing_is_done_moves_it_only_a_little()
    {
        var left = new SecondsLeft(_clock);
        _clock.Advance(TimeSpan.FromSeconds(10));
        var before = left.At(100, 1000);
        Assert.Equal(90, before);

        _clock.Advance(TimeSpan.FromMilliseconds(100));
        // By the rate alone it would be 10 now.
        Assert.InRange(left.At(500, 1000), 85, 90);

        _clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.InRange(left.At(501, 1000), 80, 90);
    }

    [Fact]
    public void It_comes_to_what_the_rate_says_when_the_rate_has_changed_for_good()
    {
        var left = new SecondsLeft(_clock);
        var said = 0;
        for (var done = 1; done <= 10; done++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            left.At(done, 1000);
        }

        for (var done = 20; done <= 500; done += 10)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            said = left.At(done, 1000);
        }

        // 58 s for 490 of 1000, so about 59 s for the rest.
        Assert.InRange(said, 50, 75);
    }

    [Fact]
    public void It_is_never_negative_however_the_work_goes()
    {
        var random = new Random(4);
        for (var run = 0; run < 200; run++)
        {
            var left = new SecondsLeft(_clock);
            long done = 0;
            while (done < 1000)
            {
                _clock.Advance(TimeSpan.FromMilliseconds(random.Next(1, 5000)));
                done += random.Next(0, 100);

                Assert.InRange(left.At(done, 1000), -1, int.MaxValue);
            }

            Assert.Equal(0, left.At(done, 1000));
        }
    }

    [Fact]
    public void Other_work_that_begins_is_measured_by_itself()
    {
        var left = new SecondsLeft(_clock);
        _clock.Advance(TimeSpan.FromSeconds(100));
        left.At(90, 100);

        Assert.Equal(-1, left.At(1, 100));
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(8, left.At(20, 100));
    }
}
