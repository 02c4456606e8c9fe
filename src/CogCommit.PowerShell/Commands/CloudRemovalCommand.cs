using System.Globalization;
using System.Management.Automation;
using CogCommit.Core;
using CogCommit.Core.Cloud;
using CogCommit.Core.Sync;

namespace CogCommit.PowerShell;

/// <summary>What the cmdlets share that take away what somebody has in the cloud: they say how much that is, and ask.</summary>
public abstract class CloudRemovalCommand : CloudCommand
{
    /// <summary>Without asking.</summary>
    [Parameter(HelpMessage = "Without asking.")]
    public SwitchParameter Force { get; set; }

    /// <summary>What is done to it, for the question.</summary>
    private protected abstract string Action { get; }

    /// <summary>What it is done to, for the question.</summary>
    private protected abstract string Describe(CloudUser user, string amount);

    /// <summary>Does it, and gives what the cmdlet returns.</summary>
    private protected abstract object Remove();

    private protected override void Process()
    {
        var looksOnly = IsWhatIf;
        var (user, amount) = WithAccount((account, _, cancel) => WeighAsync(account, looksOnly, cancel));
        if (Agreed(Force, Describe(user, amount), Action))
        {
            WriteObject(Remove());
        }
    }

    /// <summary>To look, no sign-in is renewed: that would change what is kept here of it.</summary>
    private static async Task<(CloudUser User, string Amount)> WeighAsync(CloudAccount account, bool looksOnly, CancellationToken cancel)
    {
        var cloud = looksOnly ? account.ConnectToLook() : account.Connect();
        try
        {
            var there = await SyncEngine.WeighAsync(cloud, cancel).ConfigureAwait(false);
            return (account.Current!, string.Create(CultureInfo.InvariantCulture, $"{there.Commits:N0} commits of {there.Machines:N0} machines"));
        }
        catch (CogCommitException unknown) when (looksOnly && unknown.ErrorId == "SignInRunOut")
        {
            return (account.Current!, "all commits of all machines");
        }
    }
}
