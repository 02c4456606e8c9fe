using System.Management.Automation;
using CogCommit.Core.Daemon;

namespace CogCommit.PowerShell;

/// <summary>Stops the daemon.</summary>
[Cmdlet(VerbsLifecycle.Stop, "CogCommitDaemon", SupportsShouldProcess = true)]
[OutputType(typeof(DaemonStatus))]
public sealed class StopCogCommitDaemonCommand : DaemonCommand
{
    /// <summary>Seconds to wait until it has stopped by itself.</summary>
    [Parameter(HelpMessage = "How many seconds to wait until it has stopped by itself; then it is ended. Default: 30.")]
    [ValidateRange(1, 3600)]
    public int Timeout { get; set; } = 30;

    /// <summary>Returns the status afterwards.</summary>
    [Parameter(HelpMessage = "Returns the daemon's status afterwards.")]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process()
    {
        if (!DaemonStatusReader.Read(Home).IsRunning)
        {
            WriteVerbose("No daemon runs.");
        }
        else if (ShouldProcess(Home.Root, "Stop the daemon"))
        {
            var stopped = Run<DaemonStopped?>("Stopping the daemon", (_, cancel) => new DaemonStop(Home).RunAsync(TimeSpan.FromSeconds(Timeout), cancel));
            if (stopped is { Killed: true })
            {
                WriteWarning($"The daemon, process {stopped.ProcessId}, did not stop within {Timeout} seconds and was ended. Nothing is lost: the next one repeats what it was at.");
            }
            else if (stopped is not null)
            {
                WriteVerbose($"Process {stopped.ProcessId} has stopped.");
            }
        }

        if (PassThru && !IsWhatIf)
        {
            WriteObject(Status);
        }
    }
}
