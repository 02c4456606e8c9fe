using System.Management.Automation;
using CogCommit.Cloud.Tests.Network;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;
using CogCommit.PowerShell.Tests.Unattended;

namespace CogCommit.PowerShell.Tests;

/// <summary>What is removed from this machine alone is removed because the cloud has it: so the cloud is asked whether it still does.</summary>
public sealed class PruneTests(LocalCloud cloud) : IAsyncDisposable
{
    private const string All = "Remove-CogCommit -Before 1d -Force";

    private readonly UnattendedMachine _machine = new(cloud);

    private int Left => _machine.Engine.Run("Get-CogCommit -Force").Fine().Output.Count;

    private int Pulls => _machine.Proxy.Requests.Count(request => request.Target.EndsWith("/cogcommit_pull", StringComparison.Ordinal));

    [Fact]
    public async Task A_cloud_that_has_what_it_confirmed_is_asked_once()
    {
        await SyncedAsync();
        var before = Pulls;

        Assert.Empty(_machine.Engine.Run(All).Fine().Warnings);

        Assert.Equal((0, before + 1), (Left, Pulls));
    }

    [Theory]
    [InlineData("Remove-CogCommit -Before 1d -IncludeUnpushed -Force")]
    [InlineData("Get-CogCommit -Force | Remove-CogCommit -Cloud -Force")]
    public async Task Who_does_not_go_by_the_cloud_does_not_ask_it(string script)
    {
        await SyncedAsync();
        var before = Pulls;

        _machine.Engine.Run(script).Fine();

        Assert.Equal((0, before), (Left, Pulls));
    }

    [Theory]
    [InlineData(All)]
    [InlineData($"{All} -WhatIf")]
    [InlineData("Get-CogCommit -Force | Remove-CogCommit -Confirm:$false")]
    [InlineData("Get-CogCommit -Force | Remove-CogCommit")]
    public async Task A_cloud_that_does_not_know_it_any_more_keeps_it_here(string script)
    {
        await SyncedAsync();
        _machine.Proxy.Script = request => request.Target.EndsWith("/cogcommit_pull", StringComparison.Ordinal)
            ? Fault.Json(200, """{"protocol":1,"now":"2026-11-25T00:00:00.000000Z","known":false,"wiped":false,"wiped_at":null,"cursor":null,"more":false,"projects":[],"machines":[],"commits":[],"sessions":[],"turns":[],"visuals":[]}""")
            : null;

        var errors = _machine.Engine.Run(script).Errors;

        Assert.Equal(4, errors.Count);
        Assert.All(errors, error => Assert.Equal(("CloudRestored", ErrorCategory.InvalidOperation), (error.Id(), error.CategoryInfo.Category)));
        Assert.All(errors, error => Assert.Contains("Sync-CogCommit", error.ToString(), StringComparison.Ordinal));
        Assert.Equal(4, Left);
    }

    [Fact]
    public async Task What_this_machine_wiped_it_keeps_and_asks_nobody()
    {
        await SyncedAsync();
        _machine.Engine.Run("Clear-CogCommitCloud -Force").Fine();
        await _machine.UnplugAsync();

        var outcome = _machine.Engine.Run(All);

        Assert.All(outcome.Errors, error => Assert.Equal("CloudRestored", error.Id()));
        Assert.Equal((4, 4), (outcome.Errors.Count, Left));
        Assert.Empty(outcome.Warnings);
    }

    [Fact]
    public async Task Offline_it_goes_by_what_was_confirmed_and_says_so_once()
    {
        await SyncedAsync();
        await _machine.UnplugAsync();

        var warning = Assert.Single(_machine.Engine.Run(All).Fine().Warnings);

        Assert.Contains("was not asked", warning, StringComparison.Ordinal);
        Assert.Contains("cannot be reached", warning, StringComparison.Ordinal);
        Assert.Equal(0, Left);
    }

    [Fact]
    public async Task A_token_that_has_run_out_is_not_renewed_for_it()
    {
        await SyncedAsync();
        _machine.AnHourPasses();
        var kept = await File.ReadAllTextAsync(_machine.AuthPath, TestContext.Current.CancellationToken);

        var warning = Assert.Single(_machine.Engine.Run(All).Fine().Warnings);

        Assert.Contains("The next Sync-CogCommit renews it", warning, StringComparison.Ordinal);
        Assert.Equal((0, kept), (Left, await File.ReadAllTextAsync(_machine.AuthPath, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Who_signed_out_is_not_told_about_a_cloud()
    {
        await SyncedAsync();
        _machine.Engine.Run("Disconnect-CogCommit").Fine();

        Assert.Empty(_machine.Engine.Run(All).Fine().Warnings);

        Assert.Equal(0, Left);
    }

    public ValueTask DisposeAsync() => _machine.DisposeAsync();

    private async Task SyncedAsync()
    {
        _machine.Variables[UnattendedMachine.Token] = await _machine.NewTokenAsync();
        _machine.Engine.Run("Connect-CogCommit; Import-CogCommit $args[0]; Sync-CogCommit", History.Write(_machine.Engine.Folder)).Fine();
        Assert.Equal(4, Left);
    }
}
