using System.Management.Automation;
using CogCommit.Core.Sync;

namespace CogCommit.PowerShell;

/// <summary>Says how the store stands to the cloud, from what is known here: it asks nobody.</summary>
[Cmdlet(VerbsCommon.Get, "CogCommitSyncStatus")]
[OutputType(typeof(SyncStatus))]
public sealed class GetCogCommitSyncStatusCommand : CloudCommand
{
    private protected override void Process() =>
        WriteObject(SyncStatusReader.Read(Store, WithAccount((account, _, _) => Task.FromResult(account.Current))));
}
