using System.Management.Automation;
using System.Net;
using System.Security;
using CogCommit.Core.Cloud;
using CogCommit.Core.Config;
using CogCommit.Core.Store;
using CogCommit.Core.Sync;
using CogCommit.PowerShell.Parameters;
using CogCommit.PowerShell.Pipeline;

namespace CogCommit.PowerShell;

/// <summary>Signs in to the cloud, through the browser or with a refresh token: a parameter's, else the environment's.</summary>
[Cmdlet(VerbsCommunications.Connect, "CogCommit", SupportsShouldProcess = true)]
[OutputType(typeof(Identity))]
public sealed class ConnectCogCommitCommand : CloudCommand
{
    /// <summary>The Supabase project's address, or a local cloud's.</summary>
    [Parameter(Position = 0, HelpMessage = "The Supabase project's address, or a local cloud's. Default: COGCOMMIT_SUPABASE_URL of the environment, else the setting supabase-url.")]
    [ValidateNotNull]
    public Uri? Url { get; set; }

    /// <summary>The project's public key.</summary>
    [Parameter(Position = 1, HelpMessage = "The project's public (anon or publishable) key. Default: COGCOMMIT_SUPABASE_ANON_KEY of the environment, else the setting supabase-anon-key.")]
    [ValidateNotNullOrEmpty]
    public string? AnonKey { get; set; }

    /// <summary>Shows the address instead of opening it; the one the browser ends on may be pasted.</summary>
    [Parameter(HelpMessage = "Shows the address instead of opening it; the one the browser ends on may be pasted.")]
    public SwitchParameter NoBrowser { get; set; }

    /// <summary>Signs in without a browser. A refresh token is single use; given again, the sign-in that it began goes on.</summary>
    [Parameter(ValueFromPipeline = true, HelpMessage = "Signs in without a browser: a SecureString, a credential or a text, as Get-Secret gives it. Default: COGCOMMIT_REFRESH_TOKEN of the environment. It works once; given again, the sign-in that it began goes on.")]
    [RefreshToken]
    [ValidateNotNull]
    public SecureString? RefreshToken { get; set; }

    /// <summary>The name that other machines show for this one.</summary>
    [Parameter(HelpMessage = "The name that other machines show for this one. Default: the host's name.")]
    [ValidateNotNullOrEmpty]
    public string? MachineName { get; set; }

    /// <summary>Although the store belongs to another user or cloud: it starts anew.</summary>
    [Parameter(HelpMessage = "Although this store was synced as another user or with another cloud: everything here is uploaded anew.")]
    public SwitchParameter Force { get; set; }

    private protected override void Process()
    {
        Target = Url;
        if (!ShouldProcess(Url?.ToString() ?? "the cloud of the settings", "Connect-CogCommit"))
        {
            return;
        }
        var request = new SignInRequest
        {
            Url = Url,
            AnonKey = AnonKey,
            NoBrowser = NoBrowser,
            Environment = SignInEnvironment.OfThisProcess,
            // Whoever wants to see the address will open it somewhere, whatever this host is.
            Unattended = !NoBrowser && !Attendance.IsSomebodyHere(Host),
            RefreshToken = RefreshToken is null ? null : new NetworkCredential("", RefreshToken).Password,
        };
        var user = WithAccount((account, pump, cancel) => account.SignInAsync(request, new SignInPrompt(this, pump), Admit, cancel));
        UseCloud();
        if (MachineName is not null)
        {
            MachineIdentity.Rename(Store, MachineName);
        }
        WriteObject(IdentityOf(user));
    }

    /// <summary>Who signs in wants it.</summary>
    private void UseCloud()
    {
        var settings = Settings.Load(Home);
        if (!settings.UsesCloud)
        {
            settings.Set("storage", "cloud");
            WriteVerbose("The setting storage was local and is cloud now: what is here will be synced.");
        }
    }

    private void Admit(CloudUser user) => SyncOwner.Claim(Store, user.Url, user.UserId, Force);
}
