using System.Management.Automation;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests;

public sealed class RestoreTests : IDisposable
{
    private readonly HistoryEngine _engine = new();

    public RestoreTests() => _engine.Run("Remove-CogCommit $args[0], $args[1] -Cloud -Force", _engine.Ids[0], _engine.Ids[1]).Fine();

    [Fact]
    public void Deleted_commits_are_listed_apart()
    {
        Assert.Equal(_engine.Ids.Take(2), _engine.Run("Get-CogCommit -Deleted").Fine().All<string>("Id"));
        Assert.NotNull(_engine.Run("Get-CogCommit -Deleted $args[0]", _engine.Ids[0][..8]).Fine().One.Properties["DeletedAt"].Value);
        Assert.Equal(_engine.Ids.Skip(2), _engine.Run("Get-CogCommit -Force").Fine().All<string>("Id"));
        Assert.Single(_engine.Run("Get-CogCommit -Deleted -Project harbour").Fine().Output);
    }

    [Theory]
    [InlineData("Restore-CogCommit $args[0]", 3)]
    [InlineData("Get-CogCommit -Deleted | Restore-CogCommit", 4)]
    [InlineData("Restore-CogCommit $args[0], $args[1], $args[0]", 4)]
    [InlineData("Get-CogCommit -Deleted | Restore-CogCommit -WhatIf", 2)]
    public void They_come_back_by_id_and_from_the_list(string script, int live)
    {
        Assert.Empty(_engine.Run(script, _engine.Ids[0], _engine.Ids[1]).Fine().Output);
        Assert.Equal(live, _engine.Run("Get-CogCommit -Force").Fine().Output.Count);
    }

    [Fact]
    public void PassThru_gives_them_back()
    {
        var restored = _engine.Run("Restore-CogCommit $args[0] -PassThru", _engine.Ids[0]).Fine().One;
        Assert.Equal(_engine.Ids[0], restored.Get<string>("Id"));
        Assert.Null(restored.Properties["DeletedAt"].Value);
    }

    [Fact]
    public void What_is_not_deleted_says_what_it_is()
    {
        Assert.Equal("CommitNotDeleted", _engine.Run("Restore-CogCommit $args[0]", _engine.Ids[2]).OneError().Id());
        Assert.Equal("CommitNotFound", _engine.Run("Restore-CogCommit 00000000").OneError().Id());
        _engine.Run("Remove-CogCommit $args[0] -IncludeUnpushed -Force", _engine.Ids[3]).Fine();
        var error = _engine.Run("Restore-CogCommit $args[0]", _engine.Ids[3]).OneError();
        Assert.Equal("CommitRemovedHere", error.Id());
        Assert.Contains("Receive-CogCommit " + _engine.Ids[3], error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-CogCommit {0}")]
    [InlineData("Set-CogCommit {0} -Title new")]
    [InlineData("Export-CogCommit {0}")]
    [InlineData("Remove-CogCommit {0} -Force")]
    public void An_id_that_finds_nothing_says_why_and_what_brings_it_back(string script)
    {
        _engine.Run("Remove-CogCommit $args[0] -IncludeUnpushed -Force", _engine.Ids[3]).Fine();

        Assert.Contains($"was deleted; Restore-CogCommit {_engine.Ids[0]} brings it back", Why(_engine.Ids[0]), StringComparison.Ordinal);
        Assert.Contains("was deleted; Restore-CogCommit", Why(_engine.Ids[0][..8]), StringComparison.Ordinal);
        Assert.Contains($"was removed from this machine; Receive-CogCommit {_engine.Ids[3]}", Why(_engine.Ids[3]), StringComparison.Ordinal);
        Assert.Contains("Get-CogCommit -Force lists those that are, hidden ones too, and Get-CogCommit -Deleted what was deleted", Why("12345678"), StringComparison.Ordinal);

        string Why(string id)
        {
            var error = _engine.Run(script.Replace("{0}", id, StringComparison.Ordinal)).OneError();
            Assert.Equal(("CommitNotFound", ErrorCategory.ObjectNotFound), (error.Id(), error.CategoryInfo.Category));
            return error.ToString();
        }
    }

    public void Dispose() => _engine.Dispose();
}
