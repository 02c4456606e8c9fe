using System.Management.Automation;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests;

public sealed class TurnAndSessionTests(HistoryEngine engine) : IClassFixture<HistoryEngine>
{
    [Fact]
    public void Turns_come_as_they_were_spoken()
    {
        var turns = engine.Run("Get-CogCommitTurn $args[0]", engine.Ids[3]).Fine();

        Assert.Equal(["user", "assistant", "assistant"], turns.All<string>("Role"));
        var edit = turns.Output[1];
        Assert.Equal("CogCommit.Turn", edit.BaseObject.GetType().FullName);
        Assert.Equal("claude-opus-4-5", edit.Get<string>("Model"));
        Assert.Equal((10L, 20L), (edit.Get<long>("InputTokens"), edit.Get<long>("OutputTokens")));
        Assert.Equal(engine.Ids[3], edit.Get<string>("CommitId"));
        Assert.False(edit.Get<bool>("Interrupted") || edit.Get<bool>("IsSubagent"));
        var call = Assert.Single(edit.Get<PSObject[]>("ToolCalls"));
        Assert.Equal(("Edit", "ok", false), (call.Get<string>("Name"), call.Get<string>("Result"), call.Get<bool>("IsError")));
        Assert.Contains("upload.ts", call.Get<string>("Input"), StringComparison.Ordinal);
        Assert.StartsWith("toolu_", call.Get<string>("ToolUseId"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-CogCommitTurn", 10)]
    [InlineData("Get-CogCommitTurn -Role user", 4)]
    [InlineData("Get-CogCommitTurn -Tool Bash", 2)]
    [InlineData("Get-CogCommitTurn -Tool B*, Read", 3)]
    [InlineData("Get-CogCommitTurn -Role user -Tool Bash", 0)]
    [InlineData("Get-CogCommit -Project lighthouse | Get-CogCommitTurn", 8)]
    [InlineData("Get-CogCommitSession | Get-CogCommitTurn", 10)]
    [InlineData("Get-CogCommitTurn -SessionId (Get-CogCommitSession -Tool Read).SessionId", 3)]
    [InlineData("Get-CogCommitTurn -SessionId (Get-CogCommitSession -Tool Read).AgentSessionId", 8)]
    [InlineData("Get-CogCommitTurn | Get-CogCommitTurn", 10)]
    [InlineData("Search-CogCommit lamp -Role user | Get-CogCommitTurn", 1)]
    [InlineData("Get-CogCommitSession", 4)]
    [InlineData("Get-CogCommitSession -Tool Read", 1)]
    [InlineData("Get-CogCommitSession -Role assistant", 4)]
    [InlineData("Get-CogCommit -Project harbour | Get-CogCommitSession", 1)]
    [InlineData("Get-CogCommitSession -SessionId (Get-CogCommitSession)[0].SessionId", 1)]
    [InlineData("Get-CogCommitSession -SessionId (Get-CogCommitSession)[0].AgentSessionId", 3)]
    public void Filters_choose(string script, int count) => Assert.Equal(count, engine.Run(script).Fine().Output.Count);

    [Fact]
    public void A_session_is_a_commits_part_of_an_agent_session()
    {
        var session = engine.Run("Get-CogCommitSession $args[0]", engine.Ids[2]).Fine().One;

        Assert.Equal("CogCommit.Session", session.BaseObject.GetType().FullName);
        Assert.Equal(engine.Ids[2], session.Get<string>("CommitId"));
        Assert.Equal((3, false), (session.Get<int>("TurnCount"), session.Get<bool>("IsSubagent")));
    }

    [Fact]
    public void Only_a_commit_has_an_Id()
    {
        Assert.Null(engine.Run("Get-CogCommitTurn").Output[0].Properties["Id"]);
        Assert.Null(engine.Run("Get-CogCommitSession").Output[0].Properties["Id"]);
        Assert.Null(engine.Run("Search-CogCommit retry").Output[0].Properties["Id"]);
    }
}
