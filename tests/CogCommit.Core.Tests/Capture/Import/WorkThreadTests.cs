using CogCommit.Core.Capture.Import;

namespace CogCommit.Core.Tests.Capture.Import;

public sealed class WorkThreadTests
{
    [Fact]
    public void All_that_it_is_given_is_done_by_one_thread_and_in_order()
    {
        List<int> done = [];
        HashSet<int> threads = [];
        using (var thread = new WorkThread("test"))
        {
            for (var i = 0; i < 100; i++)
            {
                var piece = i;
                _ = thread.Run(() =>
                {
                    done.Add(piece);
                    threads.Add(Environment.CurrentManagedThreadId);
                });
            }
        }

        Assert.Equal(Enumerable.Range(0, 100), done);
        Assert.NotEqual(Environment.CurrentManagedThreadId, Assert.Single(threads));
    }

    [Fact]
    public async Task An_exception_is_the_pieces_own_and_the_next_is_done()
    {
        using var thread = new WorkThread("test");
        var fails = thread.Run(() => throw new InvalidOperationException("broken"));
        var next = thread.Run(() => { });

        Assert.Equal("broken", (await Assert.ThrowsAsync<InvalidOperationException>(() => fails)).Message);
        await next;
    }

    [Fact]
    public void Disposing_waits_for_what_was_given()
    {
        var thread = new WorkThread("test");
        var disposer = new Thread(thread.Dispose);
        var wasAwaited = false;
        var piece = thread.Run(() =>
        {
            OtherThread.SpinUntilItWaits(disposer);
            wasAwaited = disposer.IsAlive;
        });
        disposer.Start();
        disposer.Join();

        Assert.True(piece.IsCompletedSuccessfully);
        Assert.True(wasAwaited);
        thread.Dispose();
    }
}
