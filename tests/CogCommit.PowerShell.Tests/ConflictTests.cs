using System.Management.Automation;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests;

/// <summary>Two machines named the same commit before either knew of the other.</summary>
public sealed class ConflictTests : IDisposable
{
    private readonly Machines _machines;
    private readonly string _user = "u" + Guid.NewGuid().ToString("N")[..8];
    private readonly string _commit;

    public ConflictTests(LocalCloud cloud)
    {
        _machines = new Machines(cloud);
        _machines.Run("Import-CogCommit $args[0]", History.Write(_machines.Folder)).Fine();
        _commit = _machines.Run("Get-CogCommit -Project harbour").Fine().One.Get<string>("Id");
        _machines.Connect(_user, "-MachineName one").Fine();
        _machines.Run("Sync-CogCommit").Fine();
        _machines.Machine("two");
        _machines.Connect(_user, "-MachineName two").Fine();
        _machines.Run("$null = Sync-CogCommit; Set-CogCommit $args[0] -Title 'of two'", _commit).Fine();
        _machines.Machine("one");
        _machines.Run("Set-CogCommit $args[0] -Title 'of one'; $null = Sync-CogCommit", _commit).Fine();
        _machines.Machine("two");
        _machines.Run("Sync-CogCommit").Fine();
    }

    [Fact]
    public void It_is_listed_as_an_object_with_both_sides()
    {
        var conflict = _machines.Run("Get-CogCommitConflict").Fine().One;
        Assert.Equal("CogCommit.CommitConflict", conflict.BaseObject.GetType().FullName);
        Assert.Equal((_commit, "of one", "Cloud", "Local"), (conflict.Get<string>("CommitId"), conflict.Get<string>("Title"), conflict.Get<string>("Stands"), conflict.Get<string>("LostSide")));
        var field = _machines.Run("(Get-CogCommitConflict).Fields").Fine().One;
        Assert.Equal(("Title", "of two", "of one", "of two", "of one", "of one"), (
            field.Get<string>("Field"), field.Get<string>("Local"), field.Get<string>("Cloud"), field.Get<string>("Lost"), field.Get<string>("Won"), field.Get<string>("Now")));
        Assert.Null(conflict.Properties["ResolvedAt"].Value);
        Assert.Single(_machines.Run("Get-CogCommit $args[0] | Get-CogCommitConflict", _commit).Fine().Output);
        Assert.Single(_machines.Run("Get-CogCommitConflict $args[0]", _commit[..8]).Fine().Output);
        Assert.Empty(_machines.Run("Get-CogCommit -Project lighthouse | Get-CogCommitConflict").Fine().Output);
        Assert.Equal(1, _machines.Run("Get-CogCommitSyncStatus").Fine().One.Get<int>("Conflicts"));
        Assert.Equal("InvalidCommitId", _machines.Run("Get-CogCommitConflict xyz").OneError().Id());
    }

    [Theory]
    [InlineData("Get-CogCommitConflict | Resolve-CogCommitConflict -Keep Local", "of two")]
    [InlineData("Resolve-CogCommitConflict (Get-CogCommitConflict).Id -Keep Local", "of two")]
    [InlineData("Resolve-CogCommitConflict -Id (Get-CogCommitConflict).Id.Substring(0, 8) -Keep Cloud", "of one")]
    [InlineData("Resolve-CogCommitConflict -CommitId $args[0] -Keep Local", "of two")]
    [InlineData("Resolve-CogCommitConflict -CommitId (Get-CogCommit $args[0]) -Keep Cloud", "of one")]
    [InlineData("Resolve-CogCommitConflict -CommitId $args[0] -Keep Local; Get-CogCommitConflict -IncludeResolved | Resolve-CogCommitConflict -Keep Cloud", "of one")]
    public void What_is_kept_is_said_on_both_machines(string script, string title)
    {
        _machines.Run($"{script}; $null = Sync-CogCommit", _commit).Fine();
        Assert.Empty(_machines.Run("Get-CogCommitConflict").Fine().Output);
        Assert.NotNull(_machines.Run("Get-CogCommitConflict -IncludeResolved").Fine().One.Properties["ResolvedAt"].Value);
        Assert.Equal(title, _machines.Run("Get-CogCommit $args[0]", _commit).Fine().One.Get<string>("Title"));
        _machines.Machine("one");
        Assert.Equal(title, _machines.Run("$null = Sync-CogCommit; Get-CogCommit $args[0]", _commit).Fine().One.Get<string>("Title"));
        Assert.Empty(_machines.Run("Get-CogCommitConflict -IncludeResolved").Fine().Output);
    }

    [Fact]
    public void PassThru_shows_what_became_of_it_and_WhatIf_what_would()
    {
        var screen = new Screen();
        using var watched = BareEngine.NewRunspace(screen);
        BareEngine.RunIn(watched, "Import-Module $args[0]; Get-CogCommitConflict | Resolve-CogCommitConflict -Keep Local -WhatIf", RepositoryRoot.Manifest).Fine();
        var shown = string.Join(' ', screen.Lines);
        Assert.Contains("Keep what this machine said (Title 'of two'); the other side (Title 'of one') can be kept instead until ", shown, StringComparison.Ordinal);
        Assert.Single(_machines.Run("Get-CogCommitConflict").Fine().Output);

        var resolved = _machines.Run("Get-CogCommitConflict | Resolve-CogCommitConflict -Keep Local -PassThru").Fine().One;
        Assert.Equal("Local", resolved.Get<string>("Stands"));
        Assert.NotNull(resolved.Properties["ResolvedAt"].Value);
    }

    [Theory]
    [InlineData("Resolve-CogCommitConflict 00000000 -Keep Local", "ConflictNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Resolve-CogCommitConflict -CommitId 00000000 -Keep Local", "ConflictNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Resolve-CogCommitConflict xyz -Keep Local", "InvalidCommitId", ErrorCategory.InvalidArgument)]
    public void What_is_not_there_is_an_error_of_it_alone(string script, string id, ErrorCategory category)
    {
        var error = _machines.Run(script).OneError();
        Assert.Equal((id, category), (error.Id(), error.CategoryInfo.Category));
    }

    [Fact]
    public void It_fits_80_columns()
    {
        var screen = new Screen(80);
        using var runspace = BareEngine.NewRunspace(screen);
        BareEngine.RunIn(runspace, "Import-Module $args[0]; Get-CogCommitConflict | Out-Default", RepositoryRoot.Manifest).Fine();
        Assert.All(screen.Lines, line => Assert.True(line.Length <= 80, line));
        Assert.Contains(screen.Lines, line => line.Contains("Title: of two | of one", StringComparison.Ordinal));
    }

    public void Dispose() => _machines.Dispose();
}
