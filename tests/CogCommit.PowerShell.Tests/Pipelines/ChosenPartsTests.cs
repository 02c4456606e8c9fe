using System.Management.Automation;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests.Pipelines;

/// <summary>Sessions and turns by their ids.</summary>
public sealed class ChosenPartsTests(HistoryEngine engine) : IClassFixture<HistoryEngine>
{
    [Theory]
    [InlineData("Get-CogCommitTurn -SessionId $session.SessionId.Substring(0, 8)", 3)]
    [InlineData("Get-CogCommitTurn -SessionId $session.SessionId.ToUpperInvariant()", 3)]
    [InlineData("Get-CogCommitTurn -SessionId $session.AgentSessionId.Substring(0, 8)", 8)]
    [InlineData("Get-CogCommitTurn -SessionId $session", 3)]
    [InlineData("Get-CogCommitTurn $blink -SessionId $session.AgentSessionId", 3)]
    [InlineData("Get-CogCommitTurn $other -SessionId $session.SessionId", 0)]
    [InlineData("Get-CogCommitSession -SessionId $session.SessionId.Substring(0, 8)", 1)]
    [InlineData("Get-CogCommitSession -SessionId $session.AgentSessionId.Substring(0, 8)", 3)]
    [InlineData("Get-CogCommitTurn -TurnId $turn.TurnId", 1)]
    [InlineData("Get-CogCommitTurn -TurnId $turn.TurnId.Substring(0, 8)", 1)]
    [InlineData("Get-CogCommitTurn -TurnId $turn", 1)]
    [InlineData("Get-CogCommitTurn $other -TurnId $turn.TurnId", 0)]
    [InlineData("$turn, $session, (Get-CogCommit $blink) | Get-CogCommitTurn", 3)]
    [InlineData("(Get-CogCommit $blink), $turn, $session | Get-CogCommitTurn", 3)]
    [InlineData("$session, $session, (Get-CogCommit $blink) | Get-CogCommitSession", 1)]
    public void The_whole_id_or_its_beginning_will_do(string script, int count) => Assert.Equal(count, Run(script).Fine().Output.Count);

    [Theory]
    [InlineData("Get-CogCommitTurn -SessionId 00000000", "SessionNotFound", ErrorCategory.ObjectNotFound, "00000000")]
    [InlineData("Get-CogCommitSession -SessionId nobody", "SessionNotFound", ErrorCategory.ObjectNotFound, "nobody")]
    [InlineData("Get-CogCommitTurn $blink -SessionId 00000000", "SessionNotFound", ErrorCategory.ObjectNotFound, "00000000")]
    [InlineData("Get-CogCommitTurn -SessionId $session.SessionId.Substring(0, 3)", "SessionNotFound", ErrorCategory.ObjectNotFound, null)]
    [InlineData("Get-CogCommitTurn -TurnId 00000000", "TurnNotFound", ErrorCategory.ObjectNotFound, "00000000")]
    [InlineData("Get-CogCommitTurn -SessionId ''", "InvalidSessionId", ErrorCategory.InvalidArgument, null)]
    [InlineData("Get-CogCommitTurn -SessionId $null", "InvalidSessionId", ErrorCategory.InvalidArgument, null)]
    [InlineData("Get-CogCommitTurn -CommitId @()", "InvalidCommitId", ErrorCategory.InvalidArgument, null)]
    [InlineData("Get-CogCommitTurn -TurnId @()", "InvalidTurnId", ErrorCategory.InvalidArgument, null)]
    public void One_that_means_nothing_is_told_and_gives_nothing(string script, string id, ErrorCategory category, string? target)
    {
        var outcome = Run(script);

        var error = outcome.OneError();
        Assert.Equal((id, category), (error.Id(), error.CategoryInfo.Category));
        Assert.True(target is null || target.Equals(error.TargetObject), $"{error.TargetObject}");
        Assert.Empty(outcome.Output);
    }

    [Fact]
    public void One_that_means_nothing_leaves_the_others_alone()
    {
        var outcome = Run("Get-CogCommitTurn -SessionId nobody, $session.SessionId");

        Assert.Equal("nobody", outcome.OneError().TargetObject);
        Assert.Equal(3, outcome.Output.Count);
    }

    [Fact]
    public void The_beginning_of_several_ids_lists_them()
    {
        using var own = new HistoryEngine();
        StoreHand.Do(own.Home, "update sessions set id = 'deadbeef-' || row");

        var error = own.Run("Get-CogCommitTurn -SessionId deadbeef").OneError();

        Assert.Equal("AmbiguousSessionId", error.Id());
        Assert.Contains("deadbeef-1", error.ToString(), StringComparison.Ordinal);
        engine.Machine("one");
    }

    private Outcome Run(string script) => engine.Run(
        "$blink, $other = $args; $session = Get-CogCommitSession $blink; $turn = (Get-CogCommitTurn $blink)[1]; " + script, engine.Ids[2], engine.Ids[0]);
}
