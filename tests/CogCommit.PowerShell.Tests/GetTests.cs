using System.Management.Automation;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests;

public sealed class GetTests(HistoryEngine engine) : IClassFixture<HistoryEngine>
{
    private const string Harbour = "Where does the crane lose its retry counter?";
    private const string Left = "Thank you. What is left?";
    private const string Blink = "Now make the lamp blink";
    private const string Retry = "Add a retry to the upload";

    [Fact]
    public void Commits_come_newest_first_with_all_their_properties()
    {
        var commits = engine.Run("Get-CogCommit").Fine();

        Assert.Equal([Harbour, Left, Blink, Retry], commits.All<string>("Title"));
        var retry = commits.Output[3];
        Assert.Equal("CogCommit.CognitiveCommit", retry.BaseObject.GetType().FullName);
        Assert.Equal("lighthouse", retry.Get<string>("ProjectName"));
        Assert.Equal("main", retry.Get<string>("Branch"));
        Assert.Equal(History.FirstHash, retry.Get<string>("GitHash"));
        Assert.Equal("Retry uploads", retry.Get<string>("GitSubject"));
        Assert.Equal("git_commit", retry.Get<string>("ClosedBy"));
        Assert.Equal("claude_code", retry.Get<string>("Source"));
        Assert.Equal("src/upload.ts", retry.Get<string>("FilesChanged"));
        Assert.Equal((1, 3, 1), (retry.Get<int>("SessionCount"), retry.Get<int>("TurnCount"), retry.Get<int>("PromptCount")));
        Assert.Equal((20L, 40L), (retry.Get<long>("InputTokens"), retry.Get<long>("OutputTokens")));
        Assert.Equal("pending", retry.Get<string>("SyncStatus"));
        Assert.True(retry.Get<double>("DurationSeconds") > 0);
        Assert.Equal("session_end", commits.Output[1].Get<string>("ClosedBy"));
    }

    [Theory]
    [InlineData("-Project harbour", Harbour)]
    [InlineData("-Project H*", Harbour)]
    [InlineData("-Project harbour, light*", Harbour, Left, Blink, Retry)]
    [InlineData("-Project nothing")]
    [InlineData("-Branch feature/*", Harbour)]
    [InlineData("-Since 2026-02-12", Harbour)]
    [InlineData("-Until 2026-02-12", Left, Blink, Retry)]
    [InlineData("-Since 2026-02-12 -Until 2026-02-13T07:00:00Z")]
    [InlineData("-Since ([datetime]'2026-02-12')", Harbour)]
    [InlineData("-Since ([datetimeoffset]'2026-02-12T00:00:00Z')", Harbour)]
    [InlineData("-Since 30d")]
    [InlineData("-Since 1h")]
    [InlineData("-Since 1w")]
    [InlineData("-Since 1mo")]
    [InlineData("-Since 1d -Until 1y")]
    [InlineData("-Since '200y'", Harbour, Left, Blink, Retry)]
    [InlineData("-Until 100y")]
    [InlineData("-GitHash aaaa1111", Retry)]
    [InlineData("-GitHash aaaa1111bbbb0000aaaa1111bbbb0000aaaa1111", Retry)]
    [InlineData("-GitHash AAAA1111", Retry)]
    [InlineData("-GitHash 0000000")]
    [InlineData("-ClosedBy session_end", Harbour, Left)]
    [InlineData("-ClosedBy session_end, git_commit", Harbour, Left, Blink, Retry)]
    [InlineData("-Source claude_code", Harbour, Left, Blink, Retry)]
    [InlineData("-SyncStatus pending", Harbour, Left, Blink, Retry)]
    [InlineData("-SyncStatus synced")]
    [InlineData("-File src/lamp.ts", Blink)]
    [InlineData("-File *.ts", Blink, Retry)]
    [InlineData("-File /home/ann/lighthouse/src/upload.ts", Retry)]
    [InlineData("-Project light* -ClosedBy git_commit -File *lamp*", Blink)]
    [InlineData("-First 2", Harbour, Left)]
    [InlineData("-Skip 1 -First 2", Left, Blink)]
    [InlineData("-Skip 3", Retry)]
    [InlineData("-Skip 4")]
    [InlineData("-First 0")]
    [InlineData("-Force", Harbour, Left, Blink, Retry)]
    [InlineData("-Hidden")]
    public void Filters_choose(string parameters, params string[] titles) =>
        Assert.Equal(titles, engine.Run("Get-CogCommit " + parameters).Fine().All<string>("Title"));

    [Theory]
    [InlineData("-ClosedBy closing", "ParameterArgumentValidationError")]
    [InlineData("-SyncStatus unknown", "ParameterArgumentValidationError")]
    [InlineData("-Since 5", "ParameterArgumentTransformationError")]
    [InlineData("-Since yesterday", "ParameterArgumentTransformationError")]
    [InlineData("-CommitId $null", "ParameterArgumentTransformationError")]
    public void A_wrong_word_is_refused(string parameters, string id) =>
        Assert.Equal(id, engine.Run("Get-CogCommit " + parameters).OneError().Id());

    [Fact]
    public void A_total_count_comes_first_when_asked_for()
    {
        var outcome = engine.Run("Get-CogCommit -Project lighthouse -First 1 -IncludeTotalCount").Fine();

        Assert.Equal(3UL, outcome.Output[0].BaseObject);
        Assert.Equal(Left, outcome.Output[1].Get<string>("Title"));
        Assert.Equal(2, outcome.Output.Count);
    }

    [Theory]
    [InlineData("Get-CogCommit $id")]
    [InlineData("Get-CogCommit $id.Substring(0, 8)")]
    [InlineData("Get-CogCommit $id.ToUpperInvariant()")]
    [InlineData("Get-CogCommit \"{$id}\"")]
    [InlineData("Get-CogCommit ([guid]$id)")]
    [InlineData("Get-CogCommit -CommitId $id")]
    [InlineData("Get-CogCommit -Id $id")]
    [InlineData("$id | Get-CogCommit")]
    [InlineData("[guid]$id | Get-CogCommit")]
    [InlineData("Get-CogCommit $id | Get-CogCommit")]
    [InlineData("Get-CogCommit (Get-CogCommit $id)")]
    [InlineData("Get-CogCommitTurn $id | Get-CogCommit")]
    [InlineData("Get-CogCommitSession $id | Get-CogCommit")]
    [InlineData("[pscustomobject]@{ Id = 'another'; CommitId = $id } | Get-CogCommit")]
    [InlineData("[pscustomobject]@{ Id = $id } | Get-CogCommit")]
    [InlineData("@{ CommitId = $id } | Get-CogCommit")]
    [InlineData("Get-CogCommit $id, $id")]
    public void An_id_comes_in_many_forms(string script)
    {
        var outcome = engine.Run("$id = $args[0]; " + script, engine.Ids[2]).Fine();

        Assert.Equal(Blink, outcome.One.Get<string>("Title"));
    }

    [Fact]
    public void Ids_come_in_their_own_order_and_filters_still_hold()
    {
        var both = engine.Run("$args[0..1] | Get-CogCommit", engine.Ids[3], engine.Ids[0]).Fine();
        Assert.Equal([Retry, Harbour], both.All<string>("Title"));

        var one = engine.Run("$args[0..1] | Get-CogCommit -Project harbour", engine.Ids[3], engine.Ids[0]).Fine();
        Assert.Equal([Harbour], one.All<string>("Title"));

        var second = engine.Run("$args | Get-CogCommit -Skip 1 -First 1", [.. engine.Ids]).Fine();
        Assert.Equal([Left], second.All<string>("Title"));
    }

    [Theory]
    [InlineData("12345678", "CommitNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("00000000-0000-0000-0000-000000000000", "CommitNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("1234567", "InvalidCommitId", ErrorCategory.InvalidArgument)]
    [InlineData("not an id at all", "InvalidCommitId", ErrorCategory.InvalidArgument)]
    public void A_wrong_id_stops_only_itself(string id, string errorId, ErrorCategory category)
    {
        var outcome = engine.Run("Get-CogCommit $args[0], $args[1]", id, engine.Ids[0]);

        var error = outcome.OneError();
        Assert.Equal((errorId, category), (error.Id(), error.CategoryInfo.Category));
        Assert.Equal(id, error.TargetObject);
        Assert.Equal(Harbour, outcome.One.Get<string>("Title"));
    }

    [Fact]
    public void An_object_without_an_id_is_refused_and_does_not_stop_the_others()
    {
        var outcome = engine.Run("[pscustomobject]@{ Colour = 'blue' }, $args[0] | Get-CogCommit", engine.Ids[0]);

        Assert.Single(outcome.Errors);
        Assert.Equal(Harbour, outcome.One.Get<string>("Title"));
    }

    [Fact]
    public void The_project_of_the_current_location_is_a_dot()
    {
        var folder = Directory.CreateDirectory(Path.Combine(engine.Folder, "harbour")).FullName;

        var outcome = engine.Run("$null = $ExecutionContext.SessionState.Path.SetLocation($args[0]); Get-CogCommit -Project .", folder).Fine();

        Assert.Equal([Harbour], outcome.All<string>("Title"));
    }

    [Fact]
    public void A_pipeline_that_has_enough_stops_the_reading()
    {
        var outcome = engine.Run("""
            function First { param([Parameter(ValueFromPipeline)] $InputObject) process { $InputObject; throw 'enough' } }
            try { Get-CogCommit | First } catch { "stopped: $_" }
            Get-CogCommit -First 1
            """).Fine();

        Assert.Equal([Harbour, "stopped: enough", Harbour], outcome.Output.Select(o => o.ToString()));
    }

    [Fact]
    public void A_search_leads_to_commits_each_once()
    {
        var outcome = engine.Run("Search-CogCommit retry | Get-CogCommit").Fine();

        Assert.Equal([Harbour, Retry], outcome.All<string>("Title").Order(StringComparer.Ordinal).Reverse());
    }

    [Fact]
    public void Where_there_is_no_store_there_is_nothing_and_none_is_made()
    {
        var home = engine.Home;
        engine.Machine("empty");
        try
        {
            Assert.Empty(engine.Run("Get-CogCommit; Get-CogCommitTurn; Get-CogCommitSession; Search-CogCommit retry").Fine().Output);
            Assert.Equal("CommitNotFound", engine.Run("Get-CogCommit $args[0]", engine.Ids[0]).OneError().Id());
            Assert.False(Directory.Exists(engine.Home));
        }
        finally
        {
            engine.Machine(Path.GetFileName(home));
        }
    }
}
