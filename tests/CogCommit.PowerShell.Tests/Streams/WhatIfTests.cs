using System.Management.Automation;
using System.Text.RegularExpressions;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;
using CogCommit.Testing;

namespace CogCommit.PowerShell.Tests.Streams;

/// <summary>-WhatIf is complete: not a byte, file or folder is another one afterwards, on a new machine and on a used one.</summary>
public sealed class WhatIfTests : IDisposable
{
    private readonly Machines _machines;
    private readonly string _transcripts;

    public WhatIfTests(LocalCloud cloud)
    {
        _machines = new Machines(cloud);
        _transcripts = History.Write(_machines.Folder);
    }

    /// <summary>A line for each way of each cmdlet that changes something; $id is a commit, $gone a deleted one, $transcripts some to import.</summary>
    public static TheoryData<string> Lines =>
    [
        "Add-CogCommitVisual \"$folder/there.json\" -CommitId $id",
        "Clear-CogCommitCloud",
        "Clear-CogCommitCloud -Force",
        "Close-CogCommit harbour",
        "Close-CogCommit -SessionId (Get-CogCommitSession).SessionId",
        "Connect-CogCommit http://127.0.0.1:9 key",
        "Disconnect-CogCommit",
        "Export-CogCommit -Path \"$folder/new.json\"",
        "Export-CogCommit -Path \"$folder/there.json\" -Force",
        "Export-CogCommit -Path \"$folder/\"",
        "Get-CogCommit | Export-CogCommit -Path \"$folder/new.md\"",
        "Import-CogCommit",
        "Import-CogCommit $transcripts",
        "Import-CogCommit $transcripts -Rebuild",
        "Import-CogCommit \"$folder/there.json\"",
        "Push-CogCommit",
        "Push-CogCommit $id -Force",
        "Receive-CogCommit",
        "Receive-CogCommit $id",
        "Receive-CogCommit -Full",
        "Register-CogCommitDaemon",
        "Remove-CogCommit $id -IncludeUnpushed",
        "Remove-CogCommit $id -Cloud -Force",
        "Remove-CogCommit -Before 1d -IncludeUnpushed -Force -PassThru",
        "Remove-CogCommitAccount",
        "Remove-CogCommitAccount -Force",
        "Get-CogCommitVisual | Remove-CogCommitVisual",
        "Get-CogCommitVisual | Remove-CogCommitVisual -Force -PassThru",
        "Resolve-CogCommitConflict 12345678 -Keep Local",
        "Restore-CogCommit $gone",
        "Get-CogCommitVisual | Save-CogCommitVisual $folder -Force -PassThru",
        "Set-CogCommit $id -Title new -Hidden",
        "Set-CogCommitConfig storage cloud",
        "Start-CogCommitDaemon",
        "Start-CogCommitDaemon -CopyOnly",
        "Stop-CogCommitDaemon",
        "Sync-CogCommit",
        "Sync-CogCommit -Verify",
        "Unregister-CogCommitDaemon",
    ];

    [Theory]
    [MemberData(nameof(Lines))]
    public void On_a_new_machine_it_leaves_no_trace(string line)
    {
        _machines.Machine("new");
        var before = FolderBytes.Of(_machines.Folder);

        var outcome = Run(line);

        Assert.Equal(before, FolderBytes.Of(_machines.Folder));
        Assert.False(Directory.Exists(_machines.Home));
        Assert.Empty(outcome.Output);
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void On_a_used_machine_nothing_changes(string line)
    {
        Use();
        var before = FolderBytes.Of(_machines.Folder);

        var outcome = Run(line);

        Assert.Equal(before, FolderBytes.Of(_machines.Folder));
        Assert.Empty(outcome.Output);
        // There is no such conflict; and where there is no PowerShell nothing can be registered.
        if (!line.StartsWith("Resolve", StringComparison.Ordinal) && outcome.Errors is not [{ FullyQualifiedErrorId: "PowerShellNotFound,CogCommit.PowerShell.RegisterCogCommitDaemonCommand" }])
        {
            outcome.Fine();
        }
    }

    [Theory]
    [InlineData("Clear-CogCommitCloud")]
    [InlineData("Remove-CogCommitAccount")]
    public void Where_the_tokens_time_is_over_it_is_not_renewed(string line)
    {
        Use();
        var auth = Path.Combine(_machines.Home, "auth.json");
        File.WriteAllText(auth, Regex.Replace(File.ReadAllText(auth), "(\"expires_at\": )\"20\\d\\d", "$1\"2020"));
        var before = FolderBytes.Of(_machines.Folder);

        Run(line).Fine();

        Assert.Equal(before, FolderBytes.Of(_machines.Folder));
    }

    [Fact]
    public void Every_cmdlet_that_can_be_asked_has_its_line()
    {
        var asked = _machines.Run("(Get-Module CogCommit).ExportedCmdlets.Values").Fine().Output
            .Select(command => (CmdletInfo)command.BaseObject)
            .Where(cmdlet => cmdlet.Parameters.ContainsKey("WhatIf"))
            .Select(cmdlet => cmdlet.Name).Order(StringComparer.Ordinal);

        var lines = Lines.Select(line => (string)line);
        Assert.All(asked, name => Assert.Contains(lines, line => Regex.IsMatch(line, $@"(^|\| ){name}( |$)")));
    }

    public void Dispose() => _machines.Dispose();

    private void Use()
    {
        _machines.Run("Import-CogCommit $args[0]", _transcripts).Fine();
        _machines.Connect("u" + Guid.NewGuid().ToString("N")[..8], "-MachineName one").Fine();
        _machines.Run("$null = Push-CogCommit; Get-CogCommit -Project harbour | Remove-CogCommit -Cloud -Force; Export-CogCommit -Path $args[0]", Path.Combine(_machines.Folder, "there.json")).Fine();
        _machines.Run("Get-CogCommit | Set-CogCommit -Title waiting").Fine();
        var picture = Path.Combine(_machines.Folder, "there.png");
        File.WriteAllBytes(picture, Png.Of(1));
        _machines.Run("Add-CogCommitVisual $args[0] -CommitId (Get-CogCommit)[0].Id", picture).Fine();
    }

    private Outcome Run(string line) => _machines.Run(
        $$"""
        param($folder, $transcripts)
        $there = [System.IO.Directory]::Exists($env:COGCOMMIT_HOME)
        $id = if ($there) { (Get-CogCommit)[0].Id } else { '12345678' }
        $gone = if ($there) { (Get-CogCommit -Deleted)[0].Id } else { '12345678' }
        {{line}} -WhatIf
        """,
        _machines.Folder, _transcripts);
}
