using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests.Pipelines;

/// <summary>Pairs whose second cmdlet changes something.</summary>
public sealed class ChangingPairsTests : IDisposable
{
    private readonly BareEngine _engine = new();
    private readonly string[] _ids;

    public ChangingPairsTests()
    {
        _engine.Run("Import-CogCommit $args[0]", History.Write(_engine.Folder)).Fine();
        _ids = [.. _engine.Run("Get-CogCommit").Fine().All<string>("Id")];
    }

    [Fact]
    public void A_search_leads_to_an_edit_of_each_commit_once()
    {
        var edited = _engine.Run("Search-CogCommit retry | Set-CogCommit -Published -PassThru").Fine();

        Assert.Equal(2, edited.Output.Count);
        Assert.Equal([true, false, false, true], _engine.Run("Get-CogCommit").Fine().All<bool>("Published"));
    }

    [Theory]
    [InlineData("Search-CogCommit retry | Remove-CogCommit -Cloud -Force")]
    [InlineData("Search-CogCommit retry | Get-CogCommit | Remove-CogCommit -Force -IncludeUnpushed")]
    public void A_search_leads_to_a_removal_of_each_commit_once(string script)
    {
        Assert.True(_engine.Run("Search-CogCommit retry").Fine().Output.Count > 2);

        _engine.Run(script).Fine();

        Assert.Equal(_ids.Length - 2, _engine.Run("Get-CogCommit").Fine().Output.Count);
    }

    [Fact]
    public void What_was_deleted_comes_back_and_goes_on()
    {
        _engine.Run("Get-CogCommit -Project lighthouse | Remove-CogCommit -Cloud -Force").Fine();
        Assert.Single(_engine.Run("Get-CogCommit").Fine().Output);

        var turns = _engine.Run("Get-CogCommit -Deleted | Restore-CogCommit -PassThru | Get-CogCommitTurn").Fine();

        Assert.Equal(8, turns.Output.Count);
        Assert.Equal(_ids, _engine.Run("Get-CogCommit").Fine().All<string>("Id"));
    }

    [Fact]
    public void Sessions_are_closed_where_they_are_open()
    {
        var outcome = _engine.Run("Get-CogCommitSession | Close-CogCommit");

        Assert.Equal([_ids[0], _ids[1]], outcome.All<string>("Id").Order(StringComparer.Ordinal).Reverse().OrderBy(id => Array.IndexOf(_ids, id)));
        Assert.Equal(["explicit", "explicit"], outcome.All<string>("ClosedBy"));
        Assert.Equal(2, outcome.Errors.Count(error => error.Id() == "NothingToClose"));
    }

    [Fact]
    public void The_beginning_of_a_sessions_id_closes_it()
    {
        var session = _engine.Run("Get-CogCommitSession $args[0]", _ids[0]).Fine().One.Get<string>("AgentSessionId");

        Assert.Equal(_ids[0], _engine.Run("Close-CogCommit -SessionId $args[0]", session[..8]).Fine().One.Get<string>("Id"));
    }

    [Theory]
    [InlineData("[System.IO.FileInfo]$path | Import-CogCommit")]
    [InlineData("$file = [System.IO.FileInfo]$path; $file.PSObject.Properties.Add([psnoteproperty]::new('PSPath', \"FileSystem::$path\")); $file | Import-CogCommit")]
    [InlineData("Import-CogCommit -LiteralPath $path")]
    [InlineData("[pscustomobject]@{ LiteralPath = $path } | Import-CogCommit")]
    [InlineData("[pscustomobject]@{ Path = [WildcardPattern]::Escape($path) } | Import-CogCommit")]
    [InlineData("[WildcardPattern]::Escape($path) | Import-CogCommit")]
    public void Files_are_imported_also_those_whose_names_are_patterns(string script)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_engine.Folder, "exports [1]")).FullName;
        var path = _engine.Run("(Export-CogCommit -Path $args[0] -PassThru).FullName", Path.Combine(folder, "all.jsonl")).Fine().One.ToString();
        _engine.Machine("two");

        Assert.Equal(4, _engine.Run("$path = $args[0]; " + script, path).Fine().One.Get<int>("CommitsNew"));
    }

    [Fact]
    public void An_export_is_an_import_elsewhere()
    {
        var imported = _engine.Run(
            "$files = Get-CogCommit | Export-CogCommit -Path $args[0] -Format Jsonl -PassThru; $env:COGCOMMIT_HOME = $args[1]; $files | Import-CogCommit",
            Directory.CreateDirectory(Path.Combine(_engine.Folder, "each")).FullName, Path.Combine(_engine.Folder, "three")).Fine();

        Assert.Equal(4, imported.One.Get<int>("CommitsNew"));
    }

    [Fact]
    public void All_settings_come_back_from_where_they_went()
    {
        _engine.Run("Set-CogCommitConfig exclude-projects @('a b', 'c*'); Set-CogCommitConfig continuous-sync $true").Fine();
        _engine.Run("$all = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize(@(Get-CogCommitConfig))); $env:COGCOMMIT_HOME = $args[0]; $all | Where-Object { $null -ne $_.Value } | Set-CogCommitConfig", Path.Combine(_engine.Folder, "two")).Fine();

        var there = _engine.Run("(Get-CogCommitConfig exclude-projects).Value; (Get-CogCommitConfig continuous-sync).Value").Fine();
        Assert.Equal(["a b", "c*", "True"], there.Output.Select(value => value.ToString()));
    }

    public void Dispose() => _engine.Dispose();
}
