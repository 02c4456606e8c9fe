namespace CogCommit.PowerShell.Pipeline;

/// <summary>Decides when progress is worth showing: only of work longer than half a second, and at most ten times a second.</summary>
internal sealed class ProgressGate(TimeProvider clock)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    private readonly object gate = new();
    private readonly long start = clock.GetTimestamp();
    private long last;
    private bool shown;

    internal bool IsDue()
    {
        lock (gate)
        {
            var now = clock.GetTimestamp();
            if (shown ? clock.GetElapsedTime(last, now) < Between : clock.GetElapsedTime(start, now) < First)
            {
                return false;
            }
            (last, shown) = (now, true);
            return true;
        }
    }
}
