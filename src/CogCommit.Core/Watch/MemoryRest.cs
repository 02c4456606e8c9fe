namespace CogCommit.Core.Watch;

/// <summary>Gives back the memory that busy minutes needed, once, when nothing has happened for a while. On the loop's thread.</summary>
/// <param name="clock">When it is due.</param>
/// <param name="giveBack">Null: the process is somebody else's too, and nothing is given back.</param>
internal sealed class MemoryRest(WatchClock clock, Action? giveBack)
{
    public static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly object _gate = new();
    private DateTimeOffset? _next;

    /// <summary>When it is due; null: nothing happened since the last time.</summary>
    public DateTimeOffset? Next
    {
        get
        {
            lock (_gate)
            {
                return _next;
            }
        }
    }

    /// <summary>All that is not in use goes back to the system, at the price of a pause that nobody waits for.</summary>
    public static void OfProcess() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    /// <summary>Something happened. From any thread.</summary>
    public void Note()
    {
        lock (_gate)
        {
            _next = giveBack is null ? null : clock.Now + Quiet;
        }
    }

    public void Act()
    {
        lock (_gate)
        {
            _next = null;
        }

        giveBack?.Invoke();
    }
}
