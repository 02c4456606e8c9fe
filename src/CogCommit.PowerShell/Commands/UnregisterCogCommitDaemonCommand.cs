using System.Management.Automation;

namespace CogCommit.PowerShell;

/// <summary>Has the system start the daemon at logon no more, and stops the one that it started.</summary>
[Cmdlet(VerbsLifecycle.Unregister, "CogCommitDaemon", SupportsShouldProcess = true)]
[OutputType(typeof(DaemonStatus))]
public sealed class UnregisterCogCommitDaemonCommand : DaemonCommand
{
    /// <summary>Returns the status afterwards.</summary>
    [Parameter(HelpMessage = "Returns the daemon's status afterwards.")]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process()
    {
        var logon = Logon(null);
        if (!logon.IsRegistered)
        {
            WriteVerbose("The daemon is not registered.");
        }
        else if (ShouldProcess(logon.Plan.Files[^1].Path, $"Have {logon.Plan.System} start the daemon at logon no more"))
        {
            logon.Unregister();
        }

        if (PassThru && !IsWhatIf)
        {
            WriteObject(Status);
        }
    }
}
