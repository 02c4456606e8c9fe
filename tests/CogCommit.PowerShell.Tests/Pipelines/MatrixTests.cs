using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests.Pipelines;

/// <summary>
/// What comes of the objects of one cmdlet in another. Every source means the commit in which the lamp learns to blink, or a part of it;
/// the expectations were written down by hand.
/// </summary>
public sealed class MatrixTests(HistoryEngine engine) : IClassFixture<HistoryEngine>
{
    private const string Title = "Now make the lamp blink";
    private const string Prompt = "Now make the lamp blink";
    private const string Look = "I look at the lamp.";
    private const string Close = "I commit.";
    private const string Id = "[pscustomobject]@{ Id = $blink }";

    [Theory]
    // A hit in a turn
    [InlineData("Search-CogCommit lamp -Role user", "Get-CogCommit", "Title", Title)]
    [InlineData("Search-CogCommit lamp -Role user", "Get-CogCommitTurn", "Content", Prompt)]
    [InlineData("Search-CogCommit lamp -Role assistant", "Get-CogCommitTurn", "Content", Look)]
    [InlineData("Search-CogCommit lamp -Role user", "Get-CogCommitSession", "TurnCount", "3")]
    [InlineData("Search-CogCommit lamp -Role user", "Measure-CogCommit", "Turns", "3")]
    [InlineData("Search-CogCommit lamp -Role user", "Push-CogCommit -DryRun", "Title", Title)]
    [InlineData("Search-CogCommit lamp -Role user", "Set-CogCommit -Published:$false -PassThru", "Title", Title)]
    [InlineData("Search-CogCommit lamp -Role user", "Get-CogCommitConflict", "Title")]
    // A hit in a title
    [InlineData("Search-CogCommit lamp -Role commit", "Get-CogCommit", "Title", Title)]
    [InlineData("Search-CogCommit lamp -Role commit", "Get-CogCommitTurn", "Content", Prompt, Look, Close)]
    [InlineData("Search-CogCommit lamp -Role commit", "Get-CogCommitSession", "TurnCount", "3")]
    // Hits in all of them: nothing comes twice
    [InlineData("Search-CogCommit lamp", "Get-CogCommit", "Title", Title)]
    [InlineData("Search-CogCommit lamp", "Get-CogCommitTurn", "Content", Prompt, Look, Close)]
    [InlineData("Search-CogCommit lamp", "Get-CogCommitSession", "TurnCount", "3")]
    [InlineData("Search-CogCommit lamp", "Measure-CogCommit", "Commits", "1")]
    [InlineData("Search-CogCommit lamp", "Push-CogCommit -DryRun", "Title", Title)]
    [InlineData("Search-CogCommit lamp", "Get-CogCommit | Get-CogCommitTurn", "Content", Prompt, Look, Close)]
    // A commit
    [InlineData("Get-CogCommit $blink", "Get-CogCommit", "Title", Title)]
    [InlineData("Get-CogCommit $blink", "Get-CogCommitTurn", "Content", Prompt, Look, Close)]
    [InlineData("Get-CogCommit $blink", "Get-CogCommitTurn | Where-Object Role -eq user", "Content", Prompt)]
    [InlineData("Get-CogCommit $blink", "Get-CogCommitTurn -Tool Read", "Content", Look)]
    [InlineData("Get-CogCommit $blink", "Get-CogCommitSession", "TurnCount", "3")]
    [InlineData("Get-CogCommit $blink", "Measure-CogCommit", "Turns", "3")]
    [InlineData("Get-CogCommit $blink", "Push-CogCommit -DryRun", "Turns", "3")]
    [InlineData("Get-CogCommit $blink", "Set-CogCommit -Published:$false -PassThru", "Title", Title)]
    [InlineData("Get-CogCommit $blink", "Get-CogCommitConflict", "Title")]
    [InlineData("Get-CogCommit", "Where-Object Title -Like '*lamp*'", "Title", Title)]
    // A turn
    [InlineData("Get-CogCommitTurn $blink -Tool Read", "Get-CogCommit", "Title", Title)]
    [InlineData("Get-CogCommitTurn $blink -Tool Read", "Get-CogCommitTurn", "Content", Look)]
    [InlineData("Get-CogCommitTurn $blink -Tool Read", "Get-CogCommitSession", "TurnCount", "3")]
    [InlineData("Get-CogCommitTurn $blink", "Measure-CogCommit", "Turns", "3")]
    [InlineData("Get-CogCommitTurn $blink", "Push-CogCommit -DryRun", "Title", Title)]
    [InlineData("Get-CogCommitTurn $blink", "Set-CogCommit -Published:$false -PassThru", "Title", Title)]
    [InlineData("Get-CogCommitTurn $blink", "Get-CogCommitConflict", "Title")]
    // A session
    [InlineData("Get-CogCommitSession $blink", "Get-CogCommit", "Title", Title)]
    [InlineData("Get-CogCommitSession $blink", "Get-CogCommitTurn", "Content", Prompt, Look, Close)]
    [InlineData("Get-CogCommitSession $blink", "Get-CogCommitSession", "TurnCount", "3")]
    [InlineData("Get-CogCommitSession $blink", "Measure-CogCommit", "Turns", "3")]
    [InlineData("Get-CogCommitSession $blink", "Push-CogCommit -DryRun", "Title", Title)]
    [InlineData("Get-CogCommitSession $blink", "Set-CogCommit -Published:$false -PassThru", "Title", Title)]
    // What a push would do
    [InlineData("Push-CogCommit $blink -DryRun", "Push-CogCommit -DryRun", "Title", Title)]
    [InlineData("Push-CogCommit $blink -DryRun", "Get-CogCommit", "Title", Title)]
    [InlineData("Push-CogCommit $blink -DryRun", "Get-CogCommitTurn", "Content", Prompt, Look, Close)]
    [InlineData("Push-CogCommit $blink -DryRun", "Measure-CogCommit", "Commits", "1")]
    // Plain objects, as a CSV or JSON gives them
    [InlineData(Id, "Get-CogCommit", "Title", Title)]
    [InlineData(Id, "Get-CogCommitTurn", "Content", Prompt, Look, Close)]
    [InlineData(Id, "Get-CogCommitSession", "TurnCount", "3")]
    [InlineData(Id, "Measure-CogCommit", "Commits", "1")]
    [InlineData(Id, "Push-CogCommit -DryRun", "Title", Title)]
    [InlineData(Id, "Set-CogCommit -Published:$false -PassThru", "Title", Title)]
    [InlineData("[pscustomobject]@{ CommitId = $blink; SessionId = ''; TurnId = '' }", "Get-CogCommitTurn", "Content", Prompt, Look, Close)]
    [InlineData("[pscustomobject]@{ CommitId = $blink; SessionId = $null; TurnId = $null }", "Get-CogCommitTurn", "Content", Prompt, Look, Close)]
    [InlineData("[pscustomobject]@{ TurnId = (Get-CogCommitTurn $blink)[1].TurnId }", "Get-CogCommitTurn", "Content", Look)]
    [InlineData("[pscustomobject]@{ SessionId = (Get-CogCommitSession $blink).SessionId }", "Get-CogCommitTurn", "Content", Prompt, Look, Close)]
    [InlineData("@{ Id = $blink }", "Get-CogCommit", "Title", Title)]
    [InlineData("@{ CommitId = $blink }", "Get-CogCommitTurn", "Content", Prompt, Look, Close)]
    [InlineData("[ordered]@{ Id = $blink }", "Measure-CogCommit", "Commits", "1")]
    [InlineData("$blink", "Measure-CogCommit", "Turns", "3")]
    [InlineData("$blink, $blink.Substring(0, 8)", "Measure-CogCommit", "Turns", "3")]
    [InlineData("[guid]$blink", "Get-CogCommitTurn", "Content", Prompt, Look, Close)]
    // Nothing stays nothing
    [InlineData("Search-CogCommit zebra", "Measure-CogCommit", "Commits", "0")]
    [InlineData("Search-CogCommit zebra", "Get-CogCommit", "Title")]
    [InlineData("Search-CogCommit zebra", "Get-CogCommitTurn", "Content")]
    [InlineData("Search-CogCommit zebra", "Push-CogCommit -DryRun", "Title")]
    // Checks and settings
    [InlineData("Test-CogCommit Store, Disk", "Test-CogCommit", "Check", "Store", "Disk")]
    [InlineData("'Store'", "Test-CogCommit", "Check", "Store")]
    [InlineData("Get-CogCommitConfig storage", "Get-CogCommitConfig", "Key", "storage")]
    [InlineData("Get-CogCommitConfig storage", "Set-CogCommitConfig -PassThru", "Value", "cloud")]
    public void One_leads_to_the_other(string source, string target, string property, params string[] expected)
    {
        var outcome = engine.Run($"$blink = $args[0]; {source} | {target}", engine.Ids[2]).Fine();

        Assert.Equal(expected, outcome.All<string>(property));
    }

    [Theory]
    [InlineData("Search-CogCommit lamp")]
    [InlineData("Get-CogCommit $blink")]
    [InlineData("Get-CogCommitTurn $blink")]
    [InlineData("Get-CogCommitSession $blink")]
    [InlineData("Push-CogCommit $blink -DryRun")]
    [InlineData(Id)]
    public void Each_leads_to_a_document(string source)
    {
        var text = string.Join('\n', engine.Run($"$blink = $args[0]; {source} | Export-CogCommit -Format Markdown", engine.Ids[2]).Fine().Output);

        Assert.Contains(Look, text, StringComparison.Ordinal);
        Assert.DoesNotContain("crane", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Search-CogCommit lamp", "Remove-CogCommit -IncludeUnpushed -WhatIf", Title)]
    [InlineData("Get-CogCommit $blink", "Remove-CogCommit -IncludeUnpushed -WhatIf", Title)]
    [InlineData("Get-CogCommitTurn $blink", "Remove-CogCommit -IncludeUnpushed -WhatIf", Title)]
    [InlineData("Get-CogCommitSession $blink", "Remove-CogCommit -IncludeUnpushed -WhatIf", Title)]
    [InlineData("Push-CogCommit $blink -DryRun", "Remove-CogCommit -Cloud -WhatIf", Title)]
    [InlineData(Id, "Remove-CogCommit -IncludeUnpushed -WhatIf", Title)]
    [InlineData("Search-CogCommit lamp", "Set-CogCommit -Hidden -WhatIf", Title)]
    [InlineData("Search-CogCommit lamp", "Push-CogCommit -WhatIf", "\"1 commit\"")]
    [InlineData("Search-CogCommit lamp", "Receive-CogCommit -WhatIf", "\"1 commit\"")]
    [InlineData("Push-CogCommit -DryRun", "Push-CogCommit -WhatIf", "\"4 commits\"")]
    [InlineData("Get-CogCommit", "Push-CogCommit -WhatIf", "\"4 commits\"")]
    [InlineData("Get-CogCommit", "Receive-CogCommit -WhatIf", "\"4 commits\"")]
    public void Each_leads_to_what_would_be_done(string source, string target, string said)
    {
        var screen = new Screen();
        using var watched = BareEngine.NewRunspace(screen);
        BareEngine.RunIn(watched, $"Import-Module $args[1]; $blink = $args[0]; {source} | {target}", engine.Ids[2], RepositoryRoot.Manifest).Fine();

        Assert.Contains(said, string.Join(' ', screen.Lines), StringComparison.Ordinal);
        Assert.Single(screen.Lines, line => line.StartsWith("What if", StringComparison.Ordinal));
        Assert.Equal(4, engine.Run("Get-CogCommit").Fine().Output.Count);
    }
}
