using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests.Pipelines;

/// <summary>As an object crosses remoting, a job or Export-Clixml: to text, and back.</summary>
public sealed class SerializationTests(HistoryEngine engine) : IClassFixture<HistoryEngine>
{
    private const string Away = "$blink = $args[0]; function Away { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize(@($input))) }; ";

    [Fact]
    public void A_commit_keeps_its_names_times_and_lists()
    {
        var commit = Run("Get-CogCommit $blink | Away").One;

        Assert.Equal("CogCommit.CognitiveCommit", commit.BaseObject.GetType().FullName);
        Assert.IsType<DateTimeOffset>(commit.Properties["StartedAt"].Value);
        Assert.Equal(engine.Run("(Get-CogCommit $args[0]).StartedAt", engine.Ids[2]).One.BaseObject, commit.Properties["StartedAt"].Value);
        Assert.Equal(["src/lamp.ts"], commit.Get<string[]>("FilesRead"));
        Assert.Equal([History.SecondHash], commit.Get<string[]>("GitHashes"));
        Assert.Equal(("git_commit", "claude_code"), (commit.Get<string>("ClosedBy"), commit.Get<string>("Source")));
    }

    [Fact]
    public void A_turn_keeps_its_tool_calls()
    {
        var call = Run("(Get-CogCommitTurn $blink -Tool Read | Away).ToolCalls").One;

        Assert.Equal(("Read", "the lamp's source", false), (call.Get<string>("Name"), call.Get<string>("Result"), call.Get<bool>("IsError")));
        Assert.Contains("lamp.ts", call.Get<string>("Input"), StringComparison.Ordinal);
    }

    [Fact]
    public void Statistics_keep_their_groups()
    {
        var groups = Run("(Measure-CogCommit | Away).ByProject");

        Assert.Equal(["lighthouse", "harbour"], groups.All<string>("Name"));
        Assert.Equal([8L, 2L], groups.All<long>("Count"));
    }

    [Theory]
    [InlineData("Get-CogCommitTurn $blink", "Timestamp")]
    [InlineData("Get-CogCommitSession $blink", "EndedAt")]
    [InlineData("Search-CogCommit lamp -Role user", "Timestamp")]
    [InlineData("Measure-CogCommit", "First")]
    public void Times_stay_times_to_the_microsecond(string source, string property)
    {
        var times = Run($"({source}).{property}").Output;

        Assert.Equal(times.Select(time => (DateTimeOffset)time.BaseObject), Run($"({source} | Away).{property}").Output.Select(time => (DateTimeOffset)time.BaseObject));
    }

    [Fact]
    public void No_control_character_travels_with_a_hit()
    {
        var hit = Run("Search-CogCommit lamp -Role user | Away").One;

        Assert.Equal("Now make the «lamp» blink", hit.Get<string>("Snippet"));
        Assert.DoesNotContain(hit.Properties, property => property.Value is string text && text.Any(char.IsControl));
        Assert.DoesNotContain(engine.Run("Search-CogCommit lamp").Output[0].Properties, property => property.Value is string text && text.Any(char.IsControl));
    }

    [Theory]
    [InlineData("Get-CogCommit $blink", "Get-CogCommit", "Title", "Now make the lamp blink")]
    [InlineData("Get-CogCommit $blink", "Get-CogCommitTurn", "Role", "user", "assistant", "assistant")]
    [InlineData("Get-CogCommit $blink", "Get-CogCommitSession", "TurnCount", "3")]
    [InlineData("Get-CogCommit $blink", "Measure-CogCommit", "Turns", "3")]
    [InlineData("Get-CogCommit $blink", "Push-CogCommit -DryRun", "Turns", "3")]
    [InlineData("Get-CogCommit $blink", "Set-CogCommit -Published:$false -PassThru", "Title", "Now make the lamp blink")]
    [InlineData("Search-CogCommit lamp -Role user", "Get-CogCommitTurn", "Role", "user")]
    [InlineData("Search-CogCommit lamp -Role commit", "Get-CogCommitTurn", "Role", "user", "assistant", "assistant")]
    [InlineData("Search-CogCommit lamp", "Get-CogCommit", "Title", "Now make the lamp blink")]
    [InlineData("Get-CogCommitTurn $blink -Tool Read", "Get-CogCommitTurn", "Content", "I look at the lamp.")]
    [InlineData("Get-CogCommitTurn $blink", "Get-CogCommit", "Title", "Now make the lamp blink")]
    [InlineData("Get-CogCommitSession $blink", "Get-CogCommitTurn", "Role", "user", "assistant", "assistant")]
    [InlineData("Push-CogCommit $blink -DryRun", "Push-CogCommit -DryRun", "Turns", "3")]
    [InlineData("Test-CogCommit Store", "Test-CogCommit", "Check", "Store")]
    [InlineData("@{ Id = $blink }", "Get-CogCommit", "Title", "Now make the lamp blink")]
    public void What_comes_back_leads_on(string source, string target, string property, params string[] expected) =>
        Assert.Equal(expected, Run($"{source} | Away | {target}").All<string>(property));

    [Theory]
    [InlineData("Get-CogCommit $blink", "Id Title ProjectName Branch GitHash GitHashes GitSubject ClosedBy Source StartedAt ClosedAt DurationSeconds Parallel SessionCount TurnCount PromptCount InputTokens OutputTokens FilesRead FilesChanged Published Hidden DisplayOrder SyncStatus Version UpdatedAt DeletedAt")]
    [InlineData("Get-CogCommitTurn $blink -Tool Read", "TurnId SessionId CommitId Ordinal Role Content Timestamp Model ToolCalls Interrupted IsSubagent InputTokens OutputTokens")]
    [InlineData("Get-CogCommitSession $blink", "SessionId CommitId AgentSessionId IsSubagent StartedAt EndedAt DurationSeconds TurnCount")]
    [InlineData("Search-CogCommit lamp -Role user", "CommitId SessionId TurnId Title ProjectName Role Timestamp Snippet Rank")]
    [InlineData("Push-CogCommit $blink -DryRun", "CommitId Title ProjectName Action Turns Bytes")]
    public void A_row_of_a_CSV_has_these_columns_and_no_others(string source, string columns) =>
        // Export-Csv and ConvertTo-Json take the type's own properties; what a types file adds is for display.
        Assert.Equal(columns.Split(' ').Order(), Run(source).One.BaseObject.GetType().GetProperties().Select(property => property.Name).Order());

    [Fact]
    public void Lists_are_joined_in_a_cell()
    {
        Assert.Equal("Read", Run("(Get-CogCommitTurn $blink -Tool Read).ToolCalls.ToString()").One.ToString());
        Assert.Equal("src/lamp.ts", Run("(Get-CogCommit $blink).FilesRead.ToString()").One.ToString());
    }

    private Outcome Run(string script) => engine.Run(Away + script, engine.Ids[2]).Fine();
}
