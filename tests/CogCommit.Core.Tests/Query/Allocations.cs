namespace CogCommit.Core.Tests.Query;

/// <summary>Work counted in bytes that are allocated, which a busy machine does not change.</summary>
internal static class Allocations
{
    /// <summary>Bytes that this thread allocates; the work runs once before, for what is made only once.</summary>
    public static long Of(Action work)
    {
        work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
