using CogCommit.Core.Watch;
using Microsoft.Extensions.Time.Testing;

namespace CogCommit.Core.Tests.Watch;

public sealed class MemoryRestTests
{
    [Fact]
    public void A_minute_after_the_last_thing_that_happened_memory_goes_back_once()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var given = 0;
        var rest = new MemoryRest(new WatchClock(time), () => given++);
        Assert.Null(rest.Next);
        var first = time.GetUtcNow();
        rest.Note();
        Assert.Equal(first + MemoryRest.Quiet, rest.Next);
        time.Advance(TimeSpan.FromSeconds(15));
        rest.Note();
        Assert.Equal(first + TimeSpan.FromSeconds(15) + MemoryRest.Quiet, rest.Next);
        rest.Act();
        Assert.Equal((1, null), (given, rest.Next));
    }

    [Fact]
    public void In_a_process_that_is_somebody_elses_it_is_never_due()
    {
        var rest = new MemoryRest(new WatchClock(new FakeTimeProvider(DateTimeOffset.UtcNow)), null);
        rest.Note();
        Assert.Null(rest.Next);
    }

    [Fact]
    public async Task A_watch_that_owns_its_process_does_it_when_it_is_quiet()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var given = 0;
        await using var scene = new WatchScene(time) { GiveBack = () => Interlocked.Increment(ref given) };
        await scene.StartAsync();
        await scene.UntilAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(10));
                return Volatile.Read(ref given) > 0;
            },
            "memory goes back");
        // And not again, while nothing happens.
        var before = Volatile.Read(ref given);
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(before, Volatile.Read(ref given));
    }
}
