using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests.Formatting;

/// <summary>What a user sees of a history that was captured.</summary>
public sealed class FormatTests(HistoryEngine engine) : IClassFixture<HistoryEngine>
{
    [Theory]
    [InlineData("Get-CogCommit", "Id        Age Project        Git     Sync       Title", "harbour", "pending    Now make the lamp blink")]
    [InlineData("Search-CogCommit crane -Role user", "Commit    Age Project      Role      Snippet", "«crane»")]
    [InlineData("Get-CogCommitTurn", "Time             Role      Tools        Content", "Bash", "Add a retry to the upload")]
    [InlineData("Get-CogCommitSession", "Session  Commit   Started          Turns Agent session")]
    [InlineData("Push-CogCommit -DryRun", "Commit   Action     Turns      Size Project        Title", "push", "lighthouse")]
    [InlineData("Get-CogCommitSyncStatus", "Signed in  : nobody", "Last sync  : never", "Waiting    : 4 pending", "-> Connect-CogCommit -Url")]
    [InlineData("Measure-CogCommit", "Commits  : 4", "lighthouse", "Bash", "2026-02-11")]
    [InlineData("Get-CogCommitIdentity", "SignedIn    : False", "MachineName : ")]
    [InlineData("Get-CogCommitConfig", "Key               Value                    Description", "exclude-projects", "local")]
    public void Each_kind_of_object_has_its_view(string script, params string[] shown)
    {
        var screen = new Screen(80);
        using var runspace = BareEngine.NewRunspace(screen);

        BareEngine.RunIn(runspace, $"Import-Module $args[0]; $PSStyle.OutputRendering = 'Host'; {script} | Out-Default", RepositoryRoot.Manifest).Fine();

        Assert.NotEmpty(engine.Ids);
        Assert.All(shown, text => Assert.Contains(screen.Lines, line => line.Contains(text, StringComparison.Ordinal)));
        Assert.All(screen.Lines, line => Assert.True(line.Length < 80, line));
    }
}
