using CogCommit.PowerShell.Pipeline;

namespace CogCommit.PowerShell.Tests.Pipeline;

public class PumpTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(128)]
    public void Everything_is_delivered_in_order_on_the_thread_that_runs_the_pump(int count)
    {
        var pump = new Pump(CancellationToken.None, capacity: 64);
        var delivered = new List<int>();
        var threads = new HashSet<int>();

        pump.Run(async _ =>
        {
            for (var i = 0; i < count; i++)
            {
                var item = i;
                pump.Post(() =>
                {
                    delivered.Add(item);
                    threads.Add(Environment.CurrentManagedThreadId);
                });
                await Task.Yield();
            }
        });

        Assert.Equal(Enumerable.Range(0, count), delivered);
        Assert.All(threads, thread => Assert.Equal(Environment.CurrentManagedThreadId, thread));
    }

    [Fact]
    public void Posts_of_many_threads_are_all_delivered()
    {
        var pump = new Pump(CancellationToken.None, capacity: 3);
        var delivered = new List<int>();

        pump.Run(_ => Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                var item = (worker * 100) + i;
                pump.Post(() => delivered.Add(item));
            }
        }))));

        Assert.Equal(Enumerable.Range(0, 800), delivered.Order());
    }

    [Fact]
    public void Work_waits_for_a_slow_pipeline()
    {
        var pump = new Pump(CancellationToken.None, capacity: 2);
        var posted = 0;
        var ahead = 0;
        var delivered = 0;

        pump.Run(_ =>
        {
            for (var i = 0; i < 50; i++)
            {
                pump.Post(() =>
                {
                    ahead = Math.Max(ahead, Volatile.Read(ref posted) - delivered);
                    delivered++;
                });
                Interlocked.Increment(ref posted);
            }
            return Task.CompletedTask;
        });

        Assert.Equal(50, delivered);
        Assert.InRange(ahead, 0, 3);
    }

    [Fact]
    public void What_the_work_throws_comes_after_what_it_posted()
    {
        var pump = new Pump(CancellationToken.None);
        var delivered = false;

        var error = Assert.Throws<InvalidDataException>(() => pump.Run(_ =>
        {
            pump.Post(() => delivered = true);
            throw new InvalidDataException("torn");
        }));

        Assert.Equal("torn", error.Message);
        Assert.True(delivered);
    }

    [Fact]
    public void A_stop_cancels_the_work()
    {
        using var stop = new CancellationTokenSource();
        var pump = new Pump(stop.Token);

        Assert.ThrowsAny<OperationCanceledException>(() => pump.Run(async cancel =>
        {
            pump.Post(stop.Cancel);
            await Task.Delay(Timeout.Infinite, cancel);
        }));
    }

    [Fact]
    public void A_delivery_that_throws_cancels_the_work_and_nothing_of_it_is_left()
    {
        var pump = new Pump(CancellationToken.None, capacity: 1);
        var left = true;

        var error = Assert.Throws<TimeZoneNotFoundException>(() => pump.Run(async cancel =>
        {
            try
            {
                pump.Post(() => throw new TimeZoneNotFoundException());
                await Task.Delay(Timeout.Infinite, cancel);
            }
            finally
            {
                left = false;
            }
        }));

        Assert.NotNull(error);
        Assert.False(left);
    }

    [Fact]
    public void Work_that_waits_for_room_is_freed_when_a_delivery_throws()
    {
        var pump = new Pump(CancellationToken.None, capacity: 1);

        Assert.Throws<TimeZoneNotFoundException>(() => pump.Run(_ =>
        {
            for (var i = 0; i < 1000; i++)
            {
                pump.Post(() => throw new TimeZoneNotFoundException());
            }
            return Task.CompletedTask;
        }));
    }

    [Fact]
    public void Of_progress_only_the_latest_is_delivered_and_that_always()
    {
        var pump = new Pump(CancellationToken.None);
        var seen = new List<int>();
        using var posted = new ManualResetEventSlim();

        pump.Run(_ =>
        {
            // The pipeline is busy with this one while the progress comes in.
            pump.Post(() => posted.Wait(TestContext.Current.CancellationToken));
            for (var i = 1; i <= 100; i++)
            {
                var percent = i;
                pump.PostLatest(() => seen.Add(percent));
            }
            posted.Set();
            return Task.CompletedTask;
        });

        Assert.Equal([100], seen);
    }
}
