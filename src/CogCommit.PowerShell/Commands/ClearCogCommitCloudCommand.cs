using System.Globalization;
using System.Management.Automation;
using CogCommit.Core.Cloud;
using CogCommit.Core.Config;
using CogCommit.Core.Sync;

namespace CogCommit.PowerShell;

/// <summary>
/// Wipes what the user who is signed in has in the cloud. Every machine, this one too, keeps its own history and uploads it again only
/// when it is told to (Push-CogCommit -Force).
/// </summary>
[Cmdlet(VerbsCommon.Clear, "CogCommitCloud", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CloudWipe))]
public sealed class ClearCogCommitCloudCommand : CloudCommand
{
    /// <summary>Without asking.</summary>
    [Parameter(HelpMessage = "Without asking.")]
    public SwitchParameter Force { get; set; }

    private protected override void Process()
    {
        var (url, there) = Wipe((engine, cancel) => engine.WeighAsync(cancel));
        var what = string.Create(CultureInfo.InvariantCulture, $"{there.Commits:N0} commits of {there.Machines:N0} machines at {url}");
        if (Agreed(Force, what, "Wipe from the cloud; every machine keeps its own history and uploads it again only by Push-CogCommit -Force"))
        {
            WriteObject(Wipe((engine, cancel) => engine.WipeAsync(cancel)).Said);
        }
    }

    private (Uri Url, CloudWipe Said) Wipe(Func<SyncEngine, CancellationToken, Task<CloudWipe>> work) => Run("Speaking to the cloud", async (_, cancel) =>
    {
        using var account = new CloudAccount(Home, Settings.Load(Home));
        var cloud = account.Connect();
        return (cloud.Url, await work(new SyncEngine(Store, cloud), cancel).ConfigureAwait(false));
    });
}
