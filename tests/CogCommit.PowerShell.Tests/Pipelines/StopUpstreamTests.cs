using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests.Pipelines;

/// <summary>
/// Who has enough stops the work before it. Shown with rows that cannot be read, and with errors that are not made: what was not reached
/// did not fail.
/// </summary>
public sealed class StopUpstreamTests : IDisposable
{
    private const string NoTime = "'no time at all'";
    private readonly BareEngine _engine = new();
    private readonly string[] _ids;

    public StopUpstreamTests()
    {
        _engine.Run("Import-CogCommit $args[0]", History.Write(_engine.Folder)).Fine();
        _ids = [.. _engine.Run("Get-CogCommit").Fine().All<string>("Id")];
        _engine.Run("Import-Module -Assembly $args[0]", typeof(SelectFirst).Assembly).Fine();
    }

    [Theory]
    [InlineData("Get-CogCommit", "update cognitive_commits set updated_at = " + NoTime + " where branch <> 'feature/crane'")]
    [InlineData("Get-CogCommit | Get-CogCommit", "update cognitive_commits set updated_at = " + NoTime + " where branch <> 'feature/crane'")]
    [InlineData("Get-CogCommitTurn", "update turns set timestamp = " + NoTime + " where ordinal > 0 or content like '%crane%'")]
    [InlineData("Get-CogCommit | Get-CogCommitTurn", "update turns set timestamp = " + NoTime + " where content not like '%crane%'")]
    [InlineData("Get-CogCommitSession", "update sessions set started_at = " + NoTime + " where started_at > '2026-02-12'")]
    [InlineData("Export-CogCommit -Project harbour, lighthouse -Format Markdown", "update turns set timestamp = " + NoTime + " where content not like '%crane%'")]
    public void The_rest_is_not_read(string source, string spoil)
    {
        StoreHand.Do(_engine.Home, spoil);

        Assert.Single(_engine.Run(source + " | Select-First").Fine().Output);
        var whole = _engine.Run(source);
        Assert.True(whole.Terminating is not null || whole.Errors.Count > 0, "What lies behind the first is not to be read.");
    }

    [Theory]
    [InlineData("Get-CogCommit")]
    [InlineData("Get-CogCommitTurn")]
    [InlineData("Get-CogCommitSession")]
    [InlineData("Set-CogCommit -Published -PassThru")]
    [InlineData("Restore-CogCommit -PassThru")]
    public void Ids_behind_the_first_are_not_looked_up(string cmdlet)
    {
        if (cmdlet.StartsWith("Restore", StringComparison.Ordinal))
        {
            _engine.Run("Remove-CogCommit $args[0] -Cloud -Force", _ids[0]).Fine();
        }

        Assert.Single(_engine.Run($"$args[0], 'not an id at all' | {cmdlet} | Select-First", _ids[0]).Fine().Output);
        Assert.NotEmpty(_engine.Run($"$args[0], 'not an id at all' | {cmdlet}", _ids[0]).Errors);
    }

    [Fact]
    public void A_change_behind_the_first_is_not_made()
    {
        _engine.Run("Get-CogCommit | Set-CogCommit -Published -PassThru | Select-First").Fine();

        Assert.Equal([true, false, false, false], _engine.Run("Get-CogCommit").Fine().All<bool>("Published"));
    }

    [Fact]
    public void A_search_that_is_cut_short_gives_its_best_hit_and_leaves_the_store_free()
    {
        var best = _engine.Run("Search-CogCommit retry -First 1").Fine().One.Get<string>("Snippet");

        Assert.Equal(best, _engine.Run("Search-CogCommit retry | Select-First").Fine().One.Get<string>("Snippet"));
        _engine.Run("Set-CogCommit $args[0] -Title new", _ids[0]).Fine();
    }

    public void Dispose() => _engine.Dispose();
}
