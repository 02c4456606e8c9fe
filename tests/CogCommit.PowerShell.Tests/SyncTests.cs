using System.Management.Automation;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests;

/// <summary>Two machines of one person, and a cloud.</summary>
public sealed class SyncTests : IDisposable
{
    private readonly Machines _machines;
    private readonly string _user = "u" + Guid.NewGuid().ToString("N")[..8];

    public SyncTests(LocalCloud cloud)
    {
        _machines = new Machines(cloud);
        _machines.Run("Import-CogCommit $args[0]", History.Write(_machines.Folder)).Fine();
        _machines.Connect(_user, "-MachineName one").Fine();
    }

    [Fact]
    public void What_one_machine_pushes_the_other_receives_and_finds()
    {
        var pushed = _machines.Run("Push-CogCommit").Fine().One;
        Assert.Equal("CogCommit.SyncResult", pushed.BaseObject.GetType().FullName);
        Assert.Equal((4, 10, 0), (pushed.Get<int>("Pushed"), pushed.Get<int>("Turns"), pushed.Get<int>("Failed")));
        Assert.True(pushed.Get<long>("Bytes") > 0 && pushed.Get<int>("Requests") > 0);
        var here = _machines.Run("Export-CogCommit -Format Markdown").Fine();
        Assert.Equal(4, _machines.Run("Get-CogCommit -SyncStatus synced").Fine().Output.Count);

        Other();
        Assert.Equal(4, _machines.Run("Receive-CogCommit").Fine().One.Get<int>("Pulled"));

        Assert.Equal(2, _machines.Run("Search-CogCommit retry -Role user").Fine().Output.Count);
        // The cloud keeps a tool's input as JSON, and so not the order of its members.
        Assert.Equal(
            here.Output.Select(line => line.ToString()).Order(StringComparer.Ordinal),
            _machines.Run("Export-CogCommit -Format Markdown").Fine().Output.Select(line => line.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_edit_on_the_second_machine_comes_back_to_the_first()
    {
        _machines.Run("Push-CogCommit").Fine();
        Other();
        _machines.Run("Sync-CogCommit; Get-CogCommit -Project harbour | Set-CogCommit -Title 'Crane'; Sync-CogCommit").Fine();

        _machines.Machine("one");
        _machines.Run("Sync-CogCommit").Fine();

        Assert.Equal(["Crane"], _machines.Run("Get-CogCommit -Project harbour").Fine().All<string>("Title"));
    }

    [Fact]
    public void A_dry_run_shows_the_plan_and_sends_nothing()
    {
        var plan = _machines.Run("Push-CogCommit -DryRun").Fine();

        Assert.Equal("CogCommit.PushPlanItem", plan.Output[0].BaseObject.GetType().FullName);
        Assert.Equal(["push", "push", "push", "push"], plan.All<string>("Action"));
        Assert.Equal(10, plan.All<int>("Turns").Sum());
        Assert.Equal(4, _machines.Run("Get-CogCommit -SyncStatus pending").Fine().Output.Count);
    }

    [Theory]
    [InlineData("Get-CogCommit -Project harbour | Push-CogCommit", 1)]
    [InlineData("Push-CogCommit -Project light*", 3)]
    [InlineData("Push-CogCommit (Get-CogCommit).Id[0].Substring(0, 8)", 1)]
    [InlineData("Push-CogCommit -Retry", 4)]
    public void A_part_can_be_chosen(string script, int pushed) =>
        Assert.Equal(pushed, _machines.Run(script).Fine().Output[^1].Get<int>("Pushed"));

    [Fact]
    public void Force_sends_again_what_the_cloud_has()
    {
        Assert.Equal(0, _machines.Run("Push-CogCommit; Push-CogCommit").Fine().Output[1].Get<int>("Turns"));
        Assert.Equal(10, _machines.Run("Push-CogCommit -Force").Fine().One.Get<int>("Turns"));
    }

    [Theory]
    [InlineData("@() | Push-CogCommit")]
    [InlineData("Push-CogCommit 12345678")]
    [InlineData("Push-CogCommit -WhatIf")]
    [InlineData("Sync-CogCommit -WhatIf")]
    public void What_means_nothing_pushes_nothing(string script)
    {
        Assert.Empty(_machines.Run(script).Output);
        Assert.Equal(4, _machines.Run("Get-CogCommit -SyncStatus pending").Fine().Output.Count);
    }

    [Fact]
    public void What_was_pruned_here_comes_back_when_it_is_asked_for()
    {
        var id = _machines.Run("Push-CogCommit; Get-CogCommit -Project harbour").Fine().Output[1].Get<string>("Id");
        _machines.Run("Remove-CogCommit $args[0] -Confirm:$false; Pull-CogCommit -Full", id).Fine();
        Assert.Equal(3, _machines.Run("Get-CogCommit").Fine().Output.Count);

        Assert.Equal(1, _machines.Run("Receive-CogCommit $args[0]", id).Fine().One.Get<int>("Pulled"));

        Assert.Equal(4, _machines.Run("Get-CogCommit").Fine().Output.Count);
    }

    [Fact]
    public void What_is_deleted_everywhere_goes_everywhere()
    {
        _machines.Run("Push-CogCommit").Fine();
        Other();
        _machines.Run("Receive-CogCommit; Get-CogCommit -Project harbour | Remove-CogCommit -Cloud -Confirm:$false; Push-CogCommit").Fine();

        _machines.Machine("one");
        _machines.Run("Receive-CogCommit").Fine();

        Assert.Equal(3, _machines.Run("Get-CogCommit -Force").Fine().Output.Count);
    }

    [Fact]
    public void The_status_counts_what_waits_and_what_the_quota_holds()
    {
        var before = _machines.Run("Get-CogCommitSyncStatus").Fine().One;
        Assert.Equal("CogCommit.SyncStatus", before.BaseObject.GetType().FullName);
        Assert.Equal((4, 0), (before.Get<int>("Pending"), before.Get<int>("Synced")));
        Assert.Null(before.Properties["LastSync"].Value);

        var after = _machines.Run("$null = Push-CogCommit; Get-CogCommitSyncStatus").Fine().One;
        Assert.Equal((0, 4), (after.Get<int>("Pending"), after.Get<int>("Synced")));
        Assert.Equal((4, 250), (after.Get<int>("CommitsUsed"), after.Get<int>("CommitLimit")));
        Assert.Equal(_user, after.Get<PSObject>("Identity").Get<string>("UserName"));
        Assert.NotNull(after.Properties["LastSync"].Value);
    }

    [Fact]
    public void Verify_finds_nothing_to_repair() =>
        Assert.Equal(0, _machines.Run("Push-CogCommit; Sync-CogCommit -Verify").Fine().Output[1].Get<int>("Repaired"));

    [Theory]
    [InlineData("Push-CogCommit")]
    [InlineData("Receive-CogCommit")]
    [InlineData("Sync-CogCommit")]
    public void Without_a_sign_in_it_says_how_to(string script)
    {
        _machines.Machine("stranger");

        var error = _machines.Run(script).OneError();

        Assert.Equal(("NotSignedIn", ErrorCategory.AuthenticationError), (error.Id(), error.CategoryInfo.Category));
        Assert.Contains("Connect-CogCommit", error.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _machines.Dispose();

    private void Other()
    {
        _machines.Machine("two");
        _machines.Connect(_user, "-MachineName two").Fine();
    }
}
