using System.Management.Automation;

namespace CogCommit.PowerShell.Pipeline;

/// <summary>The progress bar of work that the pipeline thread does itself, shown where it takes long.</summary>
internal sealed class StepProgress(string activity, Action<ProgressRecord> write, TimeProvider clock) : IDisposable
{
    private readonly ProgressGate _gate = new(clock);
    private bool _shown;

    /// <param name="status">What is done now.</param>
    /// <param name="done">Of it all.</param>
    /// <param name="total">0 where nobody knows.</param>
    internal void Step(string status, long done, long total)
    {
        if (_gate.IsDue())
        {
            _shown = true;
            write(new ProgressRecord(0, activity, status.Length == 0 ? " " : status) { PercentComplete = total == 0 ? -1 : (int)Math.Min(100, 100 * done / total) });
        }
    }

    public void Dispose()
    {
        if (_shown)
        {
            write(new ProgressRecord(0, activity, " ") { RecordType = ProgressRecordType.Completed });
        }
    }
}
