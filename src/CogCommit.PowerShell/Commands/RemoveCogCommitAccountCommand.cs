using System.Management.Automation;
using CogCommit.Core.Cloud;

namespace CogCommit.PowerShell;

/// <summary>
/// Deletes the account of the user who is signed in, with all that is theirs in the cloud, and signs out. The history on this machine, and
/// on every other one, stays there.
/// </summary>
[Cmdlet(VerbsCommon.Remove, "CogCommitAccount", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(Identity))]
public sealed class RemoveCogCommitAccountCommand : CloudRemovalCommand
{
    private protected override string Action => "Delete the account and all that it has in the cloud; what is on this machine stays";

    private protected override string Describe(CloudUser user, string amount) => $"the account {user.UserName ?? user.UserId} at {user.Url}, with {amount}";

    private protected override object Remove()
    {
        WithAccount(async (account, _, cancel) =>
        {
            await account.DeleteAsync(cancel).ConfigureAwait(false);
            return true;
        });
        return IdentityOf(null);
    }
}
