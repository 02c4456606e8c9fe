using System.Management.Automation;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests;

/// <summary>The cloud wiped, or the account deleted, from one of two machines.</summary>
public sealed class WipeTests : IDisposable
{
    private readonly Machines _machines;
    private readonly string _user = "u" + Guid.NewGuid().ToString("N")[..8];

    public WipeTests(LocalCloud cloud)
    {
        _machines = new Machines(cloud);
        _machines.Run("Import-CogCommit $args[0]", History.Write(_machines.Folder)).Fine();
        _machines.Connect(_user, "-MachineName one").Fine();
        _machines.Run("Sync-CogCommit").Fine();
        _machines.Machine("two");
        _machines.Connect(_user, "-MachineName two").Fine();
        _machines.Run("Sync-CogCommit").Fine();
    }

    [Fact]
    public void A_wiped_cloud_stays_empty_until_a_machine_is_told_to_upload_again()
    {
        var wiped = _machines.Run("Clear-CogCommitCloud -Force").Fine().One;
        Assert.Equal("CogCommit.CloudWipe", wiped.BaseObject.GetType().FullName);
        Assert.Equal((4, 1), (wiped.Get<int>("Commits"), wiped.Get<int>("Machines")));
        foreach (var machine in new[] { "two", "one" })
        {
            _machines.Machine(machine);
            var error = _machines.Run("Sync-CogCommit").OneError();
            Assert.Equal(("CloudWiped", ErrorCategory.InvalidOperation), (error.Id(), error.CategoryInfo.Category));
            Assert.Contains("Push-CogCommit -Force", error.ToString(), StringComparison.Ordinal);
            Assert.Equal(4, _machines.Run("Get-CogCommit").Fine().Output.Count);
            Assert.Contains("was wiped on", _machines.Run("Get-CogCommitSyncStatus").Fine().One.Get<string>("LastError"), StringComparison.Ordinal);
        }

        Assert.Equal(4, _machines.Run("Push-CogCommit -Force").Fine().One.Get<int>("Pushed"));
        Assert.Equal(0, _machines.Run("$null = Sync-CogCommit; Sync-CogCommit").Fine().One.Get<int>("Pushed"));
    }

    [Theory]
    [InlineData("Clear-CogCommitCloud -WhatIf")]
    [InlineData("Clear-CogCommitCloud -Force -WhatIf")]
    [InlineData("Remove-CogCommitAccount -WhatIf")]
    public void WhatIf_says_how_much_and_does_nothing(string script)
    {
        var screen = new Screen();
        using var runspace = BareEngine.NewRunspace(screen);
        BareEngine.RunIn(runspace, $"Import-Module $args[0]; {script}", RepositoryRoot.Manifest).Fine();
        Assert.Contains("4 commits of 1 machines", string.Join(' ', screen.Lines), StringComparison.Ordinal);
        Assert.Equal(0, _machines.Run("Sync-CogCommit -Verify").Fine().One.Get<int>("Repaired"));
    }

    [Theory]
    [InlineData("Clear-CogCommitCloud")]
    [InlineData("Clear-CogCommitCloud -Force -Confirm")]
    [InlineData("Remove-CogCommitAccount")]
    public void Both_ask_first(string script)
    {
        // This host can ask nobody, so asking is an error.
        Assert.Contains("prompt", _machines.Run(script).OneError().ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, _machines.Run("Sync-CogCommit -Verify").Fine().One.Get<int>("Repaired"));
    }

    [Fact]
    public void An_account_goes_and_its_history_stays_here_and_who_signs_in_again_starts_empty()
    {
        var identity = _machines.Run("Remove-CogCommitAccount -Force").Fine().One;
        Assert.False(identity.Get<bool>("SignedIn"));
        Assert.False(System.IO.File.Exists(Path.Combine(_machines.Home, "auth.json")));
        Assert.Equal(4, _machines.Run("Get-CogCommit").Fine().Output.Count);
        Assert.Equal("NotSignedIn", _machines.Run("Sync-CogCommit").OneError().Id());

        // Another machine of the same person: nothing goes up, nothing changes.
        _machines.Machine("one");
        Assert.Contains("The user of this token is gone", _machines.Run("Sync-CogCommit").OneError().ToString(), StringComparison.Ordinal);
        Assert.Equal(4, _machines.Run("Get-CogCommit").Fine().Output.Count);

        _machines.Machine("three");
        _machines.Connect(_user, "-MachineName three").Fine();
        Assert.Equal(0, _machines.Run("Sync-CogCommit").Fine().One.Get<int>("Pulled"));
        _machines.Machine("two");
        Assert.Equal("OtherOwner", _machines.Connect(_user).OneError().Id());
    }

    [Theory]
    [InlineData("Clear-CogCommitCloud -Force")]
    [InlineData("Remove-CogCommitAccount -Force")]
    public void Without_a_sign_in_it_says_how_to(string script)
    {
        _machines.Machine("stranger");
        Assert.Equal("NotSignedIn", _machines.Run(script).OneError().Id());
    }

    public void Dispose() => _machines.Dispose();
}
