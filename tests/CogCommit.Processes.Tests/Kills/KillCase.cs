using CogCommit.Core.Store;

namespace CogCommit.Processes.Tests.Kills;

/// <summary>One home, on which a process works and is killed, several times over; then it is let finish.</summary>
internal abstract class KillCase : IAsyncDisposable
{
    public abstract CogCommitHome Home { get; }

    /// <summary>The work that is killed. It goes on until then, where it can.</summary>
    public abstract string[] Command { get; }

    /// <summary>Nothing is left to be killed: what was asked for is done.</summary>
    public virtual bool IsDone => false;

    /// <summary>Whole, and what it said was done is there.</summary>
    /// <param name="lines">What the process said before it was killed.</param>
    public abstract Task AfterKillAsync(IReadOnlyList<string> lines);

    /// <summary>The next run completes, and gives what an undisturbed one gives.</summary>
    public abstract Task FinishAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>What follows the word "done" and this one.</summary>
    protected static IEnumerable<string[]> Done(IEnumerable<string> lines, string what) =>
        lines.Where(line => line.StartsWith($"done {what}", StringComparison.Ordinal)).Select(line => line.Split(' ')[2..]);
}
