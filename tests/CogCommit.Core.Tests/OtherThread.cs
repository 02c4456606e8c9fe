namespace CogCommit.Core.Tests;

/// <summary>What another thread is at.</summary>
internal static class OtherThread
{
    /// <summary>Until it waits for something; or is through, where it waits for nothing.</summary>
    public static void SpinUntilItWaits(Thread thread) =>
        SpinWait.SpinUntil(() => (thread.ThreadState & (ThreadState.WaitSleepJoin | ThreadState.Stopped)) != 0);
}
