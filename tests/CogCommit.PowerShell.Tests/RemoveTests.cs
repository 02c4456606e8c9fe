using System.Management.Automation;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests;

public sealed class RemoveTests : IDisposable
{
    private readonly HistoryEngine _engine = new();

    private int Left => _engine.Run("Get-CogCommit -Force").Fine().Output.Count;

    [Theory]
    [InlineData("Remove-CogCommit $args[0] -Confirm:$false")]
    [InlineData("Remove-CogCommit $args[0] -Force")]
    [InlineData("Remove-CogCommit $args[0]")]
    [InlineData("Remove-CogCommit $args[0] -Confirm")]
    [InlineData("Remove-CogCommit $args[0] -WhatIf")]
    [InlineData("Remove-CogCommit $args[0] -Force -WhatIf")]
    [InlineData("Remove-CogCommit -Before 1d -Project harbour -WhatIf")]
    public void What_is_not_pushed_is_refused_before_anything_is_asked_or_promised(string script)
    {
        var error = _engine.Run(script, _engine.Ids[0]).OneError();

        Assert.Equal("NotPushed", error.Id());
        Assert.Equal(ErrorCategory.InvalidOperation, error.CategoryInfo.Category);
        Assert.Equal(_engine.Ids[0], error.TargetObject);
        Assert.Contains("Push-CogCommit", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("-IncludeUnpushed", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(4, Left);
    }

    [Theory]
    [InlineData("Remove-CogCommit $args[0] -IncludeUnpushed -Confirm:$false", 3)]
    [InlineData("Remove-CogCommit $args[0] -Cloud -Confirm:$false", 3)]
    [InlineData("Get-CogCommit -Project lighthouse | Remove-CogCommit -IncludeUnpushed -Confirm:$false", 1)]
    [InlineData("Remove-CogCommit -Before 2026-02-12 -IncludeUnpushed -Confirm:$false", 1)]
    [InlineData("Remove-CogCommit -Before 2026-02-12 -Project harbour -IncludeUnpushed -Confirm:$false", 4)]
    [InlineData("Remove-CogCommit -Before 1d -Project HARB* -IncludeUnpushed -Confirm:$false", 3)]
    [InlineData("Remove-CogCommit -Before 2026-02-12 -IncludeUnpushed -Force -WhatIf", 4)]
    [InlineData("Get-CogCommit | Remove-CogCommit -Cloud -WhatIf", 4)]
    public void Commits_go_by_id_and_by_age(string script, int left)
    {
        Assert.Empty(_engine.Run(script, _engine.Ids[0]).Fine().Output);

        Assert.Equal(left, Left);
    }

    [Fact]
    public void What_was_removed_does_not_come_back_with_the_next_import()
    {
        _engine.Run("Remove-CogCommit $args[0] -IncludeUnpushed -Confirm:$false; Remove-CogCommit $args[1] -Cloud -Confirm:$false", _engine.Ids[0], _engine.Ids[1]).Fine();

        _engine.Run("Import-CogCommit $args[0] -Rebuild", Path.Combine(_engine.Folder, "projects")).Fine();

        Assert.Equal(2, Left);
    }

    [Fact]
    public void It_asks_before_it_removes()
    {
        var attribute = _engine.Run("(Get-Command Remove-CogCommit).ImplementingType.GetCustomAttributes([Management.Automation.CmdletAttribute], $false)").Fine().One;

        Assert.Equal("High", attribute.Get<string>("ConfirmImpact"));
        Assert.True(attribute.Get<bool>("SupportsShouldProcess"));
    }

    [Theory]
    [InlineData("Remove-CogCommit $args[0] -IncludeUnpushed -Force", 3)]
    [InlineData("Remove-CogCommit $args[0] -IncludeUnpushed -Force -Confirm:$false", 3)]
    [InlineData("Remove-CogCommit $args[0] -Cloud -Force", 3)]
    [InlineData("Remove-CogCommit $args[0] -IncludeUnpushed -Force -WhatIf", 4)]
    [InlineData("$WhatIfPreference = $true; Remove-CogCommit $args[0] -IncludeUnpushed -Force", 4)]
    public void Force_answers_the_question_and_WhatIf_stays_what_it_is(string script, int left)
    {
        _engine.Run($"& {{ {script} }} $args[0]", _engine.Ids[0]).Fine();

        Assert.Equal(left, Left);
    }

    [Theory]
    [InlineData("Remove-CogCommit $args[0] -Cloud")]
    [InlineData("Remove-CogCommit $args[0] -IncludeUnpushed")]
    [InlineData("Remove-CogCommit $args[0] -IncludeUnpushed -Force -Confirm")]
    public void Without_it_or_with_Confirm_the_question_is_asked(string script)
    {
        // This host can ask nobody, so asking is an error.
        Assert.Contains("prompt", _engine.Run(script, _engine.Ids[0]).OneError().ToString(), StringComparison.OrdinalIgnoreCase);

        Assert.Equal(4, Left);
    }

    [Theory]
    [InlineData("Remove-CogCommit $args[0] -IncludeUnpushed -Force -PassThru")]
    [InlineData("Remove-CogCommit -Before 1d -Project harbour -IncludeUnpushed -Force -PassThru")]
    public void PassThru_returns_what_was_removed_as_it_was(string script)
    {
        var gone = _engine.Run(script, _engine.Ids[0]).Fine().One;

        Assert.Equal("CogCommit.CognitiveCommit", gone.BaseObject.GetType().FullName);
        Assert.Equal(_engine.Ids[0], gone.Get<string>("Id"));
        Assert.Equal(3, Left);
    }

    [Fact]
    public void PassThru_returns_nothing_of_what_was_kept() => Assert.Empty(_engine.Run("Remove-CogCommit $args[0] -Force -PassThru", _engine.Ids[0]).Output);

    [Fact]
    public void A_wrong_id_stops_only_itself()
    {
        var outcome = _engine.Run("Remove-CogCommit 12345678, $args[0] -IncludeUnpushed -Force", _engine.Ids[0]);

        Assert.Equal("CommitNotFound", outcome.OneError().Id());
        Assert.Equal(3, Left);
    }

    public void Dispose() => _engine.Dispose();
}
