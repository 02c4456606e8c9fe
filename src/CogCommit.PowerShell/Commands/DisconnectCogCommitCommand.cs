using System.Management.Automation;

namespace CogCommit.PowerShell;

/// <summary>Signs out. What is here stays here.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "CogCommit", SupportsShouldProcess = true)]
[OutputType(typeof(Identity))]
public sealed class DisconnectCogCommitCommand : CloudCommand
{
    private protected override void Process()
    {
        if (!ShouldProcess(Home.Root, "Disconnect-CogCommit"))
        {
            return;
        }
        if (!WithAccount((account, _, cancel) => account.SignOutAsync(cancel)))
        {
            WriteWarning("The cloud could not be told, so the sign-in ends there by itself. Here it is forgotten.");
        }
        WriteObject(IdentityOf(null));
    }
}
