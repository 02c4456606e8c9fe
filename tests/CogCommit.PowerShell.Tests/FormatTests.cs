using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests;

/// <summary>What a user sees.</summary>
public sealed class FormatTests(HistoryEngine engine) : IClassFixture<HistoryEngine>
{
    [Theory]
    [InlineData("Get-CogCommit", "Id", "Started", "Project", "Commit", "Turns", "Sync", "Title", "harbour", "Now make the lamp blink")]
    [InlineData("Search-CogCommit crane -Role user", "Commit", "Time", "Project", "Role", "Snippet", "«crane»")]
    [InlineData("Get-CogCommitTurn", "Time", "Role", "Tools", "Content", "Bash", "Add a retry to the upload")]
    [InlineData("Get-CogCommitSession", "Session", "Commit", "Started", "Turns", "Subagent", "Agent session", "False")]
    [InlineData("Push-CogCommit -DryRun", "Commit", "Action", "Turns", "Bytes", "Project", "Title", "push", "lighthouse")]
    [InlineData("Get-CogCommitSyncStatus", "SignedInAs", "nobody", "Pending", "LastSync", "OverLimit")]
    [InlineData("Get-CogCommitConfig", "Key", "Value", "Description", "exclude-projects", "local")]
    public void Each_kind_of_object_has_its_view(string script, params string[] shown)
    {
        var screen = new Screen();
        using var runspace = BareEngine.NewRunspace(screen);

        BareEngine.RunIn(runspace, $"Import-Module $args[0]; {script} | Out-Default", RepositoryRoot.Manifest).Fine();

        Assert.NotEmpty(engine.Ids);
        Assert.All(shown, text => Assert.Contains(screen.Lines, line => line.Contains(text, StringComparison.Ordinal)));
        Assert.All(screen.Lines, line => Assert.True(line.Length <= 120, line));
    }
}
