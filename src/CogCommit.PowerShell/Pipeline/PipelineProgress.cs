using System.Management.Automation;

namespace CogCommit.PowerShell.Pipeline;

/// <summary>Shows what work reports as a progress bar, from the pipeline thread.</summary>
/// <param name="pump">The pump that runs the work.</param>
/// <param name="write">The cmdlet's WriteProgress.</param>
/// <param name="clock">Tells how long the work has taken.</param>
/// <param name="describe">What to show of a report: activity, status and percent, -1 when it is not known.</param>
internal sealed class PipelineProgress<T>(Pump pump, Action<ProgressRecord> write, TimeProvider clock, Func<T, (string Activity, string Status, int Percent)> describe) : IProgress<T>
{
    private readonly ProgressGate gate = new(clock);
    private string? shown;

    public void Report(T value)
    {
        if (!gate.IsDue())
        {
            return;
        }
        var (activity, status, percent) = describe(value);
        pump.PostLatest(() =>
        {
            shown = activity;
            write(new ProgressRecord(0, activity, status.Length == 0 ? " " : status) { PercentComplete = Math.Clamp(percent, -1, 100) });
        });
    }

    /// <summary>Takes the bar away, if one was shown. On the pipeline thread, when the work is over, however it ended.</summary>
    internal void Complete()
    {
        if (shown is not null)
        {
            write(new ProgressRecord(0, shown, " ") { RecordType = ProgressRecordType.Completed });
        }
    }
}
