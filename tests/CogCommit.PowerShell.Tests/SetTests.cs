using System.Management.Automation;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests;

public sealed class SetTests : IDisposable
{
    private readonly HistoryEngine _engine = new();

    [Theory]
    [InlineData("-Title 'A better name'", "Title", "A better name")]
    [InlineData("-Project boats", "ProjectName", "boats")]
    [InlineData("-Hidden", "Hidden", "True")]
    [InlineData("-Published", "Published", "True")]
    [InlineData("-DisplayOrder 3", "DisplayOrder", "3")]
    public void What_the_user_says_is_kept(string parameters, string property, string expected)
    {
        Assert.Empty(_engine.Run($"Set-CogCommit $args[0] {parameters}", _engine.Ids[0]).Fine().Output);

        Assert.Equal(expected, _engine.Run("Get-CogCommit $args[0]", _engine.Ids[0]).Fine().One.Get<string>(property));
    }

    [Theory]
    [InlineData("-Title x", "-Title ''", "Title", "Where does the crane lose its retry counter?")]
    [InlineData("-Project x", "-Project ''", "ProjectName", "harbour")]
    [InlineData("-Hidden", "-Hidden:$false", "Hidden", "False")]
    [InlineData("-Published", "-Published:$false", "Published", "False")]
    [InlineData("-DisplayOrder 3", "-DisplayOrder 0", "DisplayOrder", "0")]
    public void And_can_be_taken_back(string there, string back, string property, string expected)
    {
        var commit = _engine.Run($"Set-CogCommit $args[0] {there}; Set-CogCommit $args[0] {back} -PassThru", _engine.Ids[0]).Fine().One;

        Assert.Equal(expected, commit.Get<string>(property));
    }

    [Fact]
    public void What_is_not_named_stays()
    {
        var commit = _engine.Run("Set-CogCommit $args[0] -Hidden -Title x; Set-CogCommit $args[0] -Published -PassThru", _engine.Ids[0]).Fine().One;

        Assert.Equal(("x", true, true), (commit.Get<string>("Title"), commit.Get<bool>("Hidden"), commit.Get<bool>("Published")));
    }

    [Fact]
    public void Hidden_commits_are_left_out_unless_asked_for()
    {
        _engine.Run("Set-CogCommit $args[0] -Hidden", _engine.Ids[0]).Fine();

        Assert.Equal(_engine.Ids.Skip(1), _engine.Run("Get-CogCommit").Fine().All<string>("Id"));
        Assert.Equal([_engine.Ids[0]], _engine.Run("Get-CogCommit -Hidden").Fine().All<string>("Id"));
        Assert.Equal(_engine.Ids, _engine.Run("Get-CogCommit -Force").Fine().All<string>("Id"));
        Assert.Equal([_engine.Ids[0]], _engine.Run("Get-CogCommit $args[0]", _engine.Ids[0]).Fine().All<string>("Id"));
        Assert.Empty(_engine.Run("Search-CogCommit crane").Fine().Output);
        Assert.NotEmpty(_engine.Run("Search-CogCommit crane -Force").Fine().Output);
    }

    [Fact]
    public void Commits_come_through_the_pipeline_while_they_are_read()
    {
        var commits = _engine.Run("Get-CogCommit -Project lighthouse | Set-CogCommit -Title Same -PassThru").Fine();

        Assert.Equal(_engine.Ids.Skip(1), commits.All<string>("Id"));
        Assert.All(commits.All<string>("Title"), title => Assert.Equal("Same", title));
    }

    [Fact]
    public void WhatIf_changes_nothing()
    {
        Assert.Empty(_engine.Run("Get-CogCommit | Set-CogCommit -Title Same -PassThru -WhatIf").Fine().Output);

        Assert.DoesNotContain("Same", _engine.Run("Get-CogCommit").Fine().All<string>("Title"));
    }

    [Fact]
    public void Nothing_to_set_is_an_error_that_names_what_can_be()
    {
        var outcome = _engine.Run("try { Set-CogCommit $args[0]; 'went on' } catch { $_ }", _engine.Ids[0]);

        var error = Assert.IsType<ErrorRecord>(outcome.One.BaseObject);
        Assert.Equal("NothingToSet", error.Id());
        Assert.Contains("-Title", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_id_stops_only_itself()
    {
        var outcome = _engine.Run("Set-CogCommit 12345678, $args[0] -Title x -PassThru", _engine.Ids[0]);

        Assert.Equal("CommitNotFound", outcome.OneError().Id());
        Assert.Equal("x", outcome.One.Get<string>("Title"));
    }

    public void Dispose() => _engine.Dispose();
}
