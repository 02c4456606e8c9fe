using System.Management.Automation;

namespace CogCommit.PowerShell.Pipeline;

/// <summary>Shows what work on other threads reports as a progress bar, from the pipeline thread.</summary>
/// <param name="pump">The pump that runs the work.</param>
/// <param name="write">The cmdlet's WriteProgress.</param>
/// <param name="clock">Tells how long the work has taken.</param>
/// <param name="describe">What to show of a report.</param>
internal sealed class PipelineProgress<T>(Pump pump, Action<ProgressRecord> write, TimeProvider clock, Func<T, ProgressStep> describe) : IProgress<T>
{
    private readonly ProgressGate gate = new(clock);
    private readonly ProgressBar bar = new(write, clock);

    public void Report(T value)
    {
        if (gate.IsDue())
        {
            var step = describe(value);
            pump.PostLatest(() => bar.Show(step));
        }
    }

    /// <summary>Takes the bar away, if one was shown. On the pipeline thread, when the work is over, however it ended.</summary>
    internal void Complete() => bar.Complete();
}
