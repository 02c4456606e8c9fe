using System.Globalization;
using System.Management.Automation;
using CogCommit.Core.Cloud;
using CogCommit.Core.Sync;

namespace CogCommit.PowerShell;

/// <summary>
/// Deletes the account of the user who is signed in, with all that is theirs in the cloud, and signs out. The history on this machine, and
/// on every other one, stays there.
/// </summary>
[Cmdlet(VerbsCommon.Remove, "CogCommitAccount", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(Identity))]
public sealed class RemoveCogCommitAccountCommand : CloudCommand
{
    /// <summary>Without asking.</summary>
    [Parameter(HelpMessage = "Without asking.")]
    public SwitchParameter Force { get; set; }

    private protected override void Process()
    {
        var what = WithAccount((account, _, cancel) => DescribeAsync(account, cancel));
        if (!Agreed(Force, what, "Delete the account and all that it has in the cloud; what is on this machine stays"))
        {
            return;
        }
        WithAccount(async (account, _, cancel) =>
        {
            await account.DeleteAsync(cancel).ConfigureAwait(false);
            return true;
        });
        WriteObject(IdentityOf(null));
    }

    private async Task<string> DescribeAsync(CloudAccount account, CancellationToken cancel)
    {
        var there = await new SyncEngine(Store, account.Connect()).WeighAsync(cancel).ConfigureAwait(false);
        var user = account.Current!;
        return string.Create(
            CultureInfo.InvariantCulture, $"the account {user.UserName ?? user.UserId} at {user.Url}, with {there.Commits:N0} commits of {there.Machines:N0} machines");
    }
}
