using System.Management.Automation;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests;

public sealed class SearchTests(HistoryEngine engine) : IClassFixture<HistoryEngine>
{
    [Fact]
    public void A_hit_names_its_place_and_marks_the_word()
    {
        var hit = engine.Run("Search-CogCommit crane -Role user").Fine().One;

        Assert.Equal("CogCommit.SearchHit", hit.BaseObject.GetType().FullName);
        Assert.Equal(engine.Ids[0], hit.Get<string>("CommitId"));
        Assert.Equal("harbour", hit.Get<string>("ProjectName"));
        Assert.Equal("user", hit.Get<string>("Role"));
        Assert.Contains("«crane»", hit.Get<string>("Snippet"), StringComparison.Ordinal);
        Assert.NotEmpty(hit.Get<string>("TurnId"));
        Assert.NotEmpty(hit.Get<string>("SessionId"));
    }

    [Theory]
    [InlineData("retry -Role user", 2)]
    [InlineData("'\"retry counter\"' -Role user", 1)]
    [InlineData("'ret*' -Role user", 2)]
    [InlineData("'retry AND crane' -Role user", 1)]
    [InlineData("'crane OR lamp' -Role user", 2)]
    [InlineData("'retry NOT crane' -Role user", 1)]
    [InlineData("retry -Role user -Project light*", 1)]
    [InlineData("retry -Role user -Branch feature/*", 1)]
    [InlineData("retry -Role user -Since 2026-02-12", 1)]
    [InlineData("retry -Role user -Until 2026-02-12", 1)]
    [InlineData("retry -Role user -Source claude_code", 2)]
    [InlineData("lamp -Tool Read", 1)]
    [InlineData("retry -Role user -First 1", 1)]
    [InlineData("retry -Role user -Skip 1", 1)]
    [InlineData("retry -Role user -Skip 2", 0)]
    [InlineData("nonesuch", 0)]
    public void Words_and_filters_choose(string parameters, int count) =>
        Assert.Equal(count, engine.Run("Search-CogCommit " + parameters).Fine().Output.Count);

    [Fact]
    public void A_total_count_comes_first_when_asked_for()
    {
        var outcome = engine.Run("Search-CogCommit retry -Role user -First 1 -IncludeTotalCount").Fine();

        Assert.Equal(2UL, outcome.Output[0].BaseObject);
        Assert.Equal(2, outcome.Output.Count);
    }

    [Fact]
    public void A_query_without_words_is_an_error_about_the_query()
    {
        var error = engine.Run("Search-CogCommit '\"'").OneError();

        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.Equal("\"", error.TargetObject);
    }

    [Fact]
    public void Search_get_and_export_make_one_pipeline()
    {
        var lines = engine.Run("Search-CogCommit retry | Get-CogCommit | Export-CogCommit -Format Markdown").Fine().Output.Select(line => line.ToString()).ToArray();

        Assert.Contains(lines, line => line.Contains("Add a retry to the upload", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("Where does the crane lose its retry counter?", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("lamp", StringComparison.Ordinal));
    }
}
