using System.Management.Automation;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests.Streams;

/// <summary>One bad input among several stops only itself; each error names it, says of what kind it is, and obeys -ErrorAction.</summary>
public sealed class ErrorTests : IDisposable
{
    private readonly HistoryEngine _engine = new();

    /// <summary>
    /// A line with a bad input between good ones; the error's id, category and target; how many objects come all the same. $a and $b are
    /// commits, $p and $q files to import.
    /// </summary>
    public static TheoryData<string, string, ErrorCategory, string, int> Lines => new()
    {
        { "Get-CogCommit $a, 12345678, $b", "CommitNotFound", ErrorCategory.ObjectNotFound, "12345678", 2 },
        { "Get-CogCommit $a, nonsense, $b", "InvalidCommitId", ErrorCategory.InvalidArgument, "nonsense", 2 },
        { "$a, '12345678', $b | Get-CogCommit", "CommitNotFound", ErrorCategory.ObjectNotFound, "12345678", 2 },
        { "Get-CogCommitTurn $a, 12345678, $b", "CommitNotFound", ErrorCategory.ObjectNotFound, "12345678", 4 },
        { "Get-CogCommitSession $a, 12345678, $b", "CommitNotFound", ErrorCategory.ObjectNotFound, "12345678", 2 },
        { "Get-CogCommitTurn -SessionId $s, nothing", "SessionNotFound", ErrorCategory.ObjectNotFound, "nothing", 2 },
        { "Get-CogCommitSession -SessionId nothing, $s", "SessionNotFound", ErrorCategory.ObjectNotFound, "nothing", 1 },
        { "Set-CogCommit $a, 12345678, $b -Title new -PassThru", "CommitNotFound", ErrorCategory.ObjectNotFound, "12345678", 2 },
        { "Export-CogCommit $a, 12345678, $b -Path \"$folder/\" -PassThru", "CommitNotFound", ErrorCategory.ObjectNotFound, "12345678", 2 },
        { "Export-CogCommit $a, 12345678, $b -Path \"$folder/all.json\" -PassThru", "CommitNotFound", ErrorCategory.ObjectNotFound, "12345678", 1 },
        { "Push-CogCommit $a, 12345678, $b -DryRun", "CommitNotFound", ErrorCategory.ObjectNotFound, "12345678", 2 },
        { "Remove-CogCommit $a, 12345678, $b -Cloud -Force -PassThru", "CommitNotFound", ErrorCategory.ObjectNotFound, "12345678", 2 },
        { "Remove-CogCommit $a, $b -Cloud -Force; Restore-CogCommit $a, 12345678, $b -PassThru", "CommitNotFound", ErrorCategory.ObjectNotFound, "12345678", 2 },
        { "Remove-CogCommit $a -Cloud -Force; Restore-CogCommit $b, $a -PassThru", "CommitNotDeleted", ErrorCategory.InvalidOperation, "$b", 1 },
        { "Remove-CogCommit $a -Force -PassThru", "NotPushed", ErrorCategory.InvalidOperation, "$a", 0 },
        { "Close-CogCommit -SessionId (Get-CogCommitSession $a).AgentSessionId, nothing, (Get-CogCommitSession $b).AgentSessionId", "NothingToClose", ErrorCategory.ObjectNotFound, "nothing", 2 },
        { "Import-CogCommit $p, nothing, $q", "PathNotFound", ErrorCategory.ObjectNotFound, "nothing", 1 },
        { "Import-CogCommit $p, nowhere:\\file, $q", "PathNotFound", ErrorCategory.ObjectNotFound, "nowhere:\\file", 1 },
        { "Import-CogCommit $p, variable:a, $q", "NotAFile", ErrorCategory.InvalidArgument, "variable:a", 1 },
        { "Import-CogCommit -LiteralPath $p, nothing*, $q", "PathNotFound", ErrorCategory.ObjectNotFound, "nothing*", 1 },
        { "Get-CogCommitConfig storage, colour, supabase-url", "UnknownConfigKey", ErrorCategory.InvalidArgument, "colour", 2 },
        { "@([pscustomobject]@{ Key = 'colour'; Value = 1 }, [pscustomobject]@{ Key = 'storage'; Value = 'cloud' }) | Set-CogCommitConfig -PassThru", "UnknownConfigKey", ErrorCategory.InvalidArgument, "colour", 1 },
        { "Get-CogCommitConflict $a, nonsense, $b", "InvalidCommitId", ErrorCategory.InvalidArgument, "nonsense", 0 },
        { "Resolve-CogCommitConflict 12345678 -Keep Local", "ConflictNotFound", ErrorCategory.ObjectNotFound, "12345678", 0 },
        { "Resolve-CogCommitConflict -CommitId $a -Keep Local", "ConflictNotFound", ErrorCategory.ObjectNotFound, "$a", 0 },
        { "Test-CogCommit Home, Colour, Disk", "UnknownCheck", ErrorCategory.InvalidArgument, "Colour", 2 },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_bad_one_stops_only_itself(string line, string id, ErrorCategory category, string target, int objects)
    {
        var outcome = Run(line);

        var error = outcome.OneError();
        Assert.Equal((id, category), (error.Id(), error.CategoryInfo.Category));
        Assert.Equal(target switch { "$a" => _engine.Ids[0], "$b" => _engine.Ids[1], _ => target }, error.TargetObject);
        Assert.Equal(objects, outcome.Output.Count);
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void It_can_be_silenced_and_kept(string line, string id, ErrorCategory category, string target, int objects)
    {
        Assert.NotEqual(default, category);
        Assert.NotEmpty(target);

        var outcome = Run($"& {{ $ErrorActionPreference = 'SilentlyContinue'; {line} -ErrorVariable kept }}; ");

        Assert.Empty(outcome.Errors);
        Assert.Equal(objects, outcome.Output.Count);
        Assert.Equal([id], Run($"$null = & {{ {line} -ErrorAction SilentlyContinue -ErrorVariable script:kept }}; $kept[0].FullyQualifiedErrorId.Split(',')[0]").Output.Select(text => text.ToString()).TakeLast(1));
    }

    [Theory]
    [InlineData("Get-CogCommit 12345678, $a -ErrorAction Stop", "CommitNotFound")]
    [InlineData("Set-CogCommit 12345678, $a -Title new -ErrorAction Stop", "CommitNotFound")]
    [InlineData("Import-CogCommit nothing, $p -ErrorAction Stop", "PathNotFound")]
    [InlineData("Get-CogCommitConfig colour, storage -ErrorAction Stop", "UnknownConfigKey")]
    public void With_Stop_the_first_one_ends_all(string line, string id)
    {
        var outcome = Run(line);

        Assert.Equal(id, outcome.Terminating!.Id());
        Assert.Empty(outcome.Output);
        Assert.Empty(Run("Get-CogCommit | Where-Object Title -eq new").Fine().Output);
    }

    /// <summary>What makes the whole call senseless ends it: try and catch see it without -ErrorAction.</summary>
    [Theory]
    [InlineData("Set-CogCommit $a", "NothingToSet", ErrorCategory.InvalidArgument, null)]
    [InlineData("Export-CogCommit -Path nowhere/all.json", "PathNotFound", ErrorCategory.ObjectNotFound, "nowhere/all.json")]
    [InlineData("Sync-CogCommit", "NotSignedIn", ErrorCategory.AuthenticationError, null)]
    [InlineData("Push-CogCommit", "NotSignedIn", ErrorCategory.AuthenticationError, null)]
    [InlineData("Receive-CogCommit $a", "NotSignedIn", ErrorCategory.AuthenticationError, "$a")]
    [InlineData("Clear-CogCommitCloud -Force", "NotSignedIn", ErrorCategory.AuthenticationError, null)]
    [InlineData("Remove-CogCommitAccount -Force", "NotSignedIn", ErrorCategory.AuthenticationError, null)]
    [InlineData("Search-CogCommit '\"'", "SearchWithoutWord", ErrorCategory.InvalidArgument, "\"")]
    public void A_senseless_call_ends(string line, string id, ErrorCategory category, string? target)
    {
        var caught = Run($"try {{ {line} }} catch {{ $_ }}");

        Assert.Null(caught.Terminating);
        var error = Assert.IsType<ErrorRecord>(caught.One.BaseObject);
        Assert.Equal((id, category), (error.Id(), error.CategoryInfo.Category));
        Assert.Equal(target == "$a" ? _engine.Ids[0] : target, error.TargetObject);
    }

    [Fact]
    public void Receive_refuses_what_is_no_id_and_does_not_fetch_everything_instead()
    {
        var outcome = Run("Receive-CogCommit nonsense, xyz");

        Assert.Equal(["nonsense", "xyz"], outcome.Errors.Select(error => error.TargetObject));
        Assert.All(outcome.Errors, error => Assert.Equal("InvalidCommitId", error.Id()));
        Assert.Empty(outcome.Output);
    }

    public void Dispose() => _engine.Dispose();

    private Outcome Run(string line) => _engine.Run(
        $$"""
        param($a, $b, $p, $folder)
        $q = $p
        $s = (Get-CogCommitSession $a).SessionId
        {{line}}
        """,
        _engine.Ids[0], _engine.Ids[1], Directory.EnumerateFiles(_engine.Folder, "*.jsonl", SearchOption.AllDirectories).First(), _engine.Folder);
}
