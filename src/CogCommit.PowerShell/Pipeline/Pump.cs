namespace CogCommit.PowerShell.Pipeline;

/// <summary>
/// Carries what work on other threads has to say to the thread that started it: only the pipeline thread may write
/// objects, records and progress.
/// </summary>
/// <param name="stopping">Cancelled when the user stops the pipeline.</param>
/// <param name="capacity">How many deliveries may wait; work that is faster than the pipeline waits for it.</param>
internal sealed class Pump(CancellationToken stopping, int capacity = 64)
{
    private readonly object gate = new();
    private readonly Queue<Action> deliveries = new();
    private Action? latest;
    private bool ended;
    private bool abandoned;

    /// <summary>
    /// Runs the work elsewhere and makes its deliveries here, until both are at their end. A delivery that throws (a stopped
    /// pipeline does) cancels the work, which is waited for, so that nothing of it is left when this returns.
    /// </summary>
    internal void Run(Func<CancellationToken, Task> work)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var running = Task.Run(() => RunToEnd(work, cancel.Token), CancellationToken.None);
        try
        {
            while (Next() is { } deliver)
            {
                deliver();
            }
        }
        catch
        {
            // The delivery's exception is the cause; what the cancelled work says is only its consequence.
            Abandon();
            cancel.Cancel();
            Task.WhenAny(running).Wait(CancellationToken.None);
            throw;
        }
        running.GetAwaiter().GetResult();
    }

    /// <summary>Has <paramref name="deliver"/> called by the thread that is in <see cref="Run"/>, in the order of the posts.</summary>
    internal void Post(Action deliver)
    {
        lock (gate)
        {
            while (deliveries.Count >= capacity && !abandoned)
            {
                Monitor.Wait(gate);
            }
            if (abandoned)
            {
                throw new OperationCanceledException();
            }
            deliveries.Enqueue(deliver);
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>
    /// As <see cref="Post"/>, but where nobody is in <see cref="Run"/> any more it is lost, and nothing is thrown: for what is only worth saying.
    /// </summary>
    internal bool TryPost(Action deliver)
    {
        lock (gate)
        {
            while (deliveries.Count >= capacity && !abandoned && !ended)
            {
                Monitor.Wait(gate);
            }
            if (abandoned || ended)
            {
                return false;
            }
            deliveries.Enqueue(deliver);
            Monitor.PulseAll(gate);
            return true;
        }
    }

    /// <summary>As <see cref="Post"/>, but never waits, and a newer one takes the place of one that still does: old progress is of no use.</summary>
    internal void PostLatest(Action deliver)
    {
        lock (gate)
        {
            latest = deliver;
            Monitor.PulseAll(gate);
        }
    }

    private async Task RunToEnd(Func<CancellationToken, Task> work, CancellationToken cancel)
    {
        try
        {
            await work(cancel).ConfigureAwait(false);
        }
        finally
        {
            lock (gate)
            {
                ended = true;
                Monitor.PulseAll(gate);
            }
        }
    }

    private Action? Next()
    {
        lock (gate)
        {
            while (deliveries.Count == 0 && latest is null && !ended)
            {
                Monitor.Wait(gate);
            }
            if (!deliveries.TryDequeue(out var next))
            {
                (next, latest) = (latest, null);
            }
            Monitor.PulseAll(gate);
            return next;
        }
    }

    private void Abandon()
    {
        lock (gate)
        {
            abandoned = true;
            Monitor.PulseAll(gate);
        }
    }
}
