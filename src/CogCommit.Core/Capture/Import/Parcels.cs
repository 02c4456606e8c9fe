using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace CogCommit.Core.Capture.Import;

/// <summary>One transcript's parcels, as its parser hands them on. A parser's own fault is thrown where they end, never as if the file were through.</summary>
internal sealed class Parcels(BlockingCollection<IReadOnlyList<ParsedLine>> queue, Func<ExceptionDispatchInfo?> fault, CancellationToken stop)
{
    /// <summary>All were taken, and none will come.</summary>
    public bool IsThrough
    {
        get
        {
            if (!queue.IsCompleted)
            {
                return false;
            }

            fault()?.Throw();
            return true;
        }
    }

    /// <summary>Waits for the next one; null at the end.</summary>
    public IReadOnlyList<ParsedLine>? Take()
    {
        if (queue.TryTake(out var parcel, Timeout.Infinite, stop))
        {
            return parcel;
        }

        fault()?.Throw();
        return null;
    }

    /// <summary>The next one, if it is there.</summary>
    public IReadOnlyList<ParsedLine>? TryTake() => queue.TryTake(out var parcel) ? parcel : null;
}
