namespace CogCommit.Core.Tests.Query;

/// <summary>Work counted in bytes that are allocated, which a busy machine does not change.</summary>
internal static class Allocations
{
    /// <summary>Bytes that this thread allocates; the work runs once before, for what is made only once.</summary>
    public static long Of(Action work) => Of(work, GC.GetAllocatedBytesForCurrentThread);

    /// <summary>Bytes that all threads allocate. For a test of the collection <see cref="Alone"/>.</summary>
    public static long OfAllThreads(Action work) => Of(work, () => GC.GetTotalAllocatedBytes(precise: true));

    private static long Of(Action work, Func<long> allocated)
    {
        work();
        var before = allocated();
        work();
        return allocated() - before;
    }

    /// <summary>Nothing else of the suite runs meanwhile.</summary>
    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;
}
