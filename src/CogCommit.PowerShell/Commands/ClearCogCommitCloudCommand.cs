using System.Management.Automation;
using CogCommit.Core.Cloud;
using CogCommit.Core.Sync;

namespace CogCommit.PowerShell;

/// <summary>
/// Wipes what the user who is signed in has in the cloud. Every machine, this one too, keeps its own history and uploads it again only
/// when it is told to (Push-CogCommit -Force).
/// </summary>
[Cmdlet(VerbsCommon.Clear, "CogCommitCloud", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CloudWipe))]
public sealed class ClearCogCommitCloudCommand : CloudRemovalCommand
{
    private protected override string Action => "Wipe from the cloud; every machine keeps its own history and uploads it again only by Push-CogCommit -Force";

    private protected override string Describe(CloudUser user, string amount) => $"{amount} at {user.Url}";

    private protected override object Remove()
    {
        var store = Store;
        return WithAccount((account, _, cancel) =>
            new SyncEngine(store, account.Connect()) { Visuals = new VisualSync(store, Home, account.ConnectStorage()) }.WipeAsync(cancel));
    }
}
