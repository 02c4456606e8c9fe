using System.Management.Automation;
using CogCommit.Core.Sync;

namespace CogCommit.PowerShell;

/// <summary>Brings what is new in the cloud, and sends what waits here.</summary>
[Cmdlet(VerbsData.Sync, "CogCommit", SupportsShouldProcess = true)]
[OutputType(typeof(SyncResult))]
public sealed class SyncCogCommitCommand : CloudCommand
{
    /// <summary>Compares both sides commit by commit afterwards, and repairs what differs.</summary>
    [Parameter(HelpMessage = "Compares both sides commit by commit afterwards, and repairs what differs.")]
    public SwitchParameter Verify { get; set; }

    private protected override void Process()
    {
        if (ShouldProcess("this store and its cloud", "Sync-CogCommit"))
        {
            WriteSync((engine, progress, cancel) => engine.SyncAsync(new SyncOptions { Verify = Verify }, progress, cancel));
        }
    }
}
