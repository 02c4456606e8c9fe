using System.Management.Automation;

namespace CogCommit.PowerShell;

/// <summary>Says who is signed in, and what this machine is called.</summary>
[Cmdlet(VerbsCommon.Get, "CogCommitIdentity")]
[OutputType(typeof(Identity))]
public sealed class GetCogCommitIdentityCommand : CloudCommand
{
    private protected override void Process() =>
        WriteObject(IdentityOf(WithAccount((account, _, _) => Task.FromResult(account.Current))));
}
