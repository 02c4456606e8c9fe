using System.Management.Automation;

namespace CogCommit.PowerShell.Pipeline;

/// <summary>The progress bar of work that the pipeline thread does itself, shown where it takes long.</summary>
internal sealed class StepProgress(Action<ProgressRecord> write, TimeProvider clock) : IDisposable
{
    private readonly ProgressGate _gate = new(clock);
    private readonly ProgressBar _bar = new(write, clock);

    internal void Show(ProgressStep step)
    {
        if (_gate.IsDue())
        {
            _bar.Show(step);
        }
    }

    public void Dispose() => _bar.Complete();
}
