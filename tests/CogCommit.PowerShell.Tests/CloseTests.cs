using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests;

public sealed class CloseTests : IDisposable
{
    private readonly HistoryEngine _engine = new();

    [Theory]
    [InlineData("Close-CogCommit harbour", "harbour")]
    [InlineData("Close-CogCommit -Project lighthouse", "lighthouse")]
    [InlineData("Close-CogCommit -SessionId (Get-CogCommit -Project harbour | Get-CogCommitSession).AgentSessionId", "harbour")]
    [InlineData("Get-CogCommit -Project harbour | Get-CogCommitSession | Close-CogCommit", "harbour")]
    public void The_open_commit_is_closed_and_returned(string script, string project)
    {
        var commit = _engine.Run(script).Fine().One;

        Assert.Equal(("explicit", project), (commit.Get<string>("ClosedBy"), commit.Get<string>("ProjectName")));
        Assert.Equal([commit.Get<string>("Id")], _engine.Run("Get-CogCommit -ClosedBy explicit").Fine().All<string>("Id"));
    }

    [Theory]
    [InlineData("Close-CogCommit nothing", "nothing")]
    [InlineData("Close-CogCommit -SessionId nobody", "nobody")]
    [InlineData("$null = Close-CogCommit harbour; Close-CogCommit harbour", "harbour")]
    public void Nothing_to_close_is_an_error(string script, string target)
    {
        var error = _engine.Run(script).OneError();

        Assert.Equal("NothingToClose", error.Id());
        Assert.Equal(target, error.TargetObject);
    }

    [Fact]
    public void WhatIf_closes_nothing()
    {
        Assert.Empty(_engine.Run("Close-CogCommit harbour -WhatIf").Fine().Output);
        Assert.Empty(_engine.Run("Get-CogCommit -ClosedBy explicit").Fine().Output);
    }

    public void Dispose() => _engine.Dispose();
}
