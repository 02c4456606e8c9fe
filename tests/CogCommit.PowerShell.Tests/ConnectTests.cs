using System.Management.Automation;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests;

public sealed class ConnectTests(LocalCloud cloud) : IDisposable
{
    private readonly Machines _machines = new(cloud);
    private readonly string _user = "u" + Guid.NewGuid().ToString("N")[..8];

    [Fact]
    public void Connecting_shows_an_address_and_returns_who_it_was()
    {
        var outcome = _machines.Connect(_user, "-MachineName laptop").Fine();

        Assert.Contains(outcome.Information, shown => shown.Contains(cloud.Url + "auth/v1/authorize", StringComparison.Ordinal));
        var identity = outcome.One;
        Assert.Equal("CogCommit.Identity", identity.BaseObject.GetType().FullName);
        Assert.True(identity.Get<bool>("SignedIn"));
        Assert.Equal((_user, "laptop"), (identity.Get<string>("UserName"), identity.Get<string>("MachineName")));
        Assert.Equal(cloud.Url, identity.Get<Uri>("Url"));
        Assert.True(Guid.TryParse(identity.Get<string>("UserId"), out _));

        var again = _machines.Run("Get-CogCommitIdentity").Fine().One;
        Assert.Equal(identity.Get<string>("UserId"), again.Get<string>("UserId"));
        Assert.Equal(identity.Get<string>("MachineId"), again.Get<string>("MachineId"));
    }

    [Fact]
    public void Disconnecting_forgets_who_it_was()
    {
        _machines.Connect(_user).Fine();

        Assert.False(_machines.Run("Disconnect-CogCommit").Fine().One.Get<bool>("SignedIn"));
        Assert.False(_machines.Run("Get-CogCommitIdentity").Fine().One.Get<bool>("SignedIn"));
        Assert.False(_machines.Run("Disconnect-CogCommit").Fine().One.Get<bool>("SignedIn"));
        Assert.False(File.Exists(Path.Combine(_machines.Home, "auth.json")));
    }

    [Fact]
    public void WhatIf_stays_signed_in()
    {
        _machines.Connect(_user).Fine();

        Assert.Empty(_machines.Run("Disconnect-CogCommit -WhatIf").Fine().Output);
        Assert.True(_machines.Run("Get-CogCommitIdentity").Fine().One.Get<bool>("SignedIn"));
    }

    [Fact]
    public void A_refused_sign_in_is_an_error_that_says_so()
    {
        var error = _machines.Connect(_user, agree: false).OneError();

        Assert.Equal(("SignInRefused", ErrorCategory.AuthenticationError), (error.Id(), error.CategoryInfo.Category));
        Assert.Equal(cloud.Url, error.TargetObject);
        Assert.False(_machines.Run("Get-CogCommitIdentity").Fine().One.Get<bool>("SignedIn"));
    }

    [Fact]
    public void The_settings_name_the_cloud_where_no_parameter_does()
    {
        var missing = _machines.Run("Connect-CogCommit -NoBrowser").OneError();
        Assert.Equal(("CloudNotNamed", ErrorCategory.InvalidArgument), (missing.Id(), missing.CategoryInfo.Category));

        _machines.Run("Set-CogCommitConfig supabase-url $args[0]; Set-CogCommitConfig supabase-anon-key $args[1]", cloud.Url, cloud.AnonKey).Fine();
        var shown = "";
        var stopped = _machines.Watch(
            shell => shell.Streams.Information.DataAdded += (_, added) =>
            {
                shown += shell.Streams.Information[added.Index].MessageData;
                _ = Task.Run(shell.Stop);
            },
            "Connect-CogCommit -NoBrowser");

        Assert.Contains(cloud.Url + "auth/v1/authorize", shown, StringComparison.Ordinal);
        Assert.Empty(stopped.Output);
        Assert.False(File.Exists(Path.Combine(_machines.Home, "auth.json")));
    }

    [Fact]
    public void A_refresh_token_is_never_shown()
    {
        var outcome = _machines.Run("""
            $secret = [securestring]::new(); 'once-upon-a-time'.ToCharArray() | ForEach-Object { $secret.AppendChar($_) }
            Connect-CogCommit $args[0] $args[1] -RefreshToken $secret
            """, cloud.Url, cloud.AnonKey);

        var error = outcome.OneError();
        Assert.Equal(ErrorCategory.AuthenticationError, error.CategoryInfo.Category);
        Assert.DoesNotContain("once-upon", error.ToString() + error.Exception, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_of_another_user_is_refused_unless_forced_and_who_was_signed_in_stays_so()
    {
        _machines.Run("Import-CogCommit $args[0]", History.Write(_machines.Folder)).Fine();
        _machines.Connect(_user).Fine();
        _machines.Run("Push-CogCommit").Fine();

        var error = _machines.Connect(_user + "2").OneError();

        Assert.Equal(("OtherOwner", ErrorCategory.InvalidOperation), (error.Id(), error.CategoryInfo.Category));
        Assert.Contains("4 commits", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(_user, _machines.Run("Get-CogCommitIdentity").Fine().One.Get<string>("UserName"));
        Assert.Equal(0, _machines.Run("Push-CogCommit").Fine().One.Get<int>("Pushed"));

        Assert.Equal(_user + "2", _machines.Connect(_user + "2", "-Force").Fine().One.Get<string>("UserName"));
        Assert.Equal(4, _machines.Run("Push-CogCommit").Fine().One.Get<int>("Pushed"));
    }

    public void Dispose() => _machines.Dispose();
}
