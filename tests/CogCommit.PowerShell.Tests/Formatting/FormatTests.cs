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
    [InlineData("[CogCommit.ImportResult]@{ BadLines = [CogCommit.BadLine[]][CogCommit.BadLine]::new('a.jsonl', 3, 'torn') }", "Files", "Commits", "0 new, 0 updated", "a.jsonl:3: torn")]
    [InlineData("[CogCommit.SyncResult]@{ Pushed = 3; Failed = 1; DurationSeconds = 1.26 }", "Pushed", "Failed", "1.3 s", "0 sent, 0 received")]
    [InlineData("Get-CogCommitIdentity", "SignedIn", "False", "MachineName")]
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
