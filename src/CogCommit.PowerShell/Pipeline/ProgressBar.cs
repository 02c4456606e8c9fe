using System.Management.Automation;

namespace CogCommit.PowerShell.Pipeline;

/// <summary>The one progress bar of a cmdlet: records with percentage and seconds left, and one at the end that takes it away.</summary>
internal sealed class ProgressBar(Action<ProgressRecord> write, TimeProvider clock)
{
    private readonly SecondsLeft _left = new(clock);
    private string? _shown;

    /// <summary>On the pipeline thread, whenever it is due.</summary>
    internal void Show(ProgressStep step)
    {
        if (_shown is not null && _shown != step.Activity)
        {
            _left.Restart();
        }

        _shown = step.Activity;
        write(new ProgressRecord(0, step.Activity, step.Status.Length == 0 ? " " : step.Status)
        {
            PercentComplete = step.Percent,
            SecondsRemaining = _left.At(step.Done, step.Total),
        });
    }

    /// <summary>Takes the bar away, if one was shown; once.</summary>
    internal void Complete()
    {
        if (_shown is { } activity)
        {
            _shown = null;
            write(new ProgressRecord(0, activity, " ") { RecordType = ProgressRecordType.Completed });
        }
    }
}
