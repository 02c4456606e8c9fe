using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace CogCommit.Core.Query;

/// <summary>A long list is read by a thread of its own while the caller is at work with what came before: each takes about as long.</summary>
internal static class Prefetch
{
    // Who wants one object, or a page, waits for no more and pays for no thread.
    private const int AsTheyCome = 200;
    private const int InParcel = 100;
    private const int ParcelsAhead = 4;

    /// <summary>The same rows in the same order. What goes wrong is thrown behind those that came before it.</summary>
    public static IEnumerable<T> Of<T>(IEnumerable<T> rows)
    {
        using var row = rows.GetEnumerator();
        for (var given = 0; given < AsTheyCome; given++)
        {
            if (!row.MoveNext())
            {
                yield break;
            }

            yield return row.Current;
        }

        using var parcels = new BlockingCollection<List<T>>(ParcelsAhead);
        using var stop = new CancellationTokenSource();
        ExceptionDispatchInfo? fault = null;
        var reading = Task.Factory.StartNew(() => fault = Read(row, parcels, stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            foreach (var one in parcels.GetConsumingEnumerable().SelectMany(parcel => parcel))
            {
                yield return one;
            }

            fault?.Throw();
        }
        finally
        {
            // The caller may want no more; nobody else may touch the rows from here on.
            stop.Cancel();
            reading.Wait();
        }
    }

    private static ExceptionDispatchInfo? Read<T>(IEnumerator<T> row, BlockingCollection<List<T>> parcels, CancellationToken stop)
    {
        ExceptionDispatchInfo? fault = null;
        try
        {
            for (var more = true; more;)
            {
                List<T> parcel = new(InParcel);
                try
                {
                    while (parcel.Count < InParcel && (more = row.MoveNext()))
                    {
                        parcel.Add(row.Current);
                    }
                }
                catch (Exception e)
                {
                    (fault, more) = (ExceptionDispatchInfo.Capture(e), false);
                }

                parcels.Add(parcel, stop);
            }
        }
        catch (OperationCanceledException)
        {
            // The caller wants no more.
        }
        finally
        {
            parcels.CompleteAdding();
        }

        return fault;
    }
}
