using System.Management.Automation;
using System.Text.Json;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests;

/// <summary><c>cogcommit</c> takes the original's command lines.</summary>
public sealed class OriginalCommandLineTests : IDisposable
{
    private readonly HistoryEngine _engine = new();

    // A fifth of what Import-Module takes above the engine (docs/performance.md).
    [Fact]
    public void What_it_knows_is_read_with_the_first_line_and_once()
    {
        const string read = "& (Get-Module CogCommit) { ${function:Read-Line}.File; $words }";
        Assert.All(_engine.Run(read).Fine().Output, Assert.Null);

        _engine.Run("cogcommit config get storage").Fine();
        var first = _engine.Run(read).Fine().Output;
        Assert.EndsWith("CommandLine.ps1", first[0].ToString(), StringComparison.Ordinal);
        _engine.Run("cogcommit config get storage").Fine();
        Assert.Same(first[1].BaseObject, _engine.Run(read).Fine().Output[1].BaseObject);
    }

    [Fact]
    public void Where_what_it_knows_is_gone_that_is_said_and_nothing_else()
    {
        var alone = Path.Combine(_engine.Folder, "Alone.psm1");
        File.Copy(_engine.Run("(Get-Command cogcommit).ScriptBlock.File").Fine().One.ToString()!, alone);
        var outcome = _engine.Run("Import-Module $args[0]; cogcommit push", alone);
        Assert.Contains("CommandLine.ps1", outcome.Terminating!.ToString(), StringComparison.Ordinal);
        Assert.Empty(outcome.Errors);
    }

    [Fact]
    public void Config_sets_and_gets()
    {
        Assert.Equal("cloud", _engine.Run("cogcommit config set storage cloud").Fine().One.Get<string>("Value"));
        Assert.Equal("cloud", _engine.Run("cogcommit config get storage").Fine().One.Get<string>("Value"));
        Assert.True(_engine.Run("cogcommit config continuous-sync true").Fine().One.Get<bool>("Value"));
        Assert.True(_engine.Run("cogcommit config continuous-sync").Fine().One.Get<bool>("Value"));
        Assert.Equal("a b", _engine.Run("cogcommit config set exclude-projects a, b").Fine().One.Get<string>("Value"));
        Assert.Equal(12, _engine.Run("cogcommit config --list").Fine().Output.Count);
        Assert.Equal(12, _engine.Run("cogcommit config get").Fine().Output.Count);
        Assert.Equal("UnknownConfigKey", _engine.Run("cogcommit config get colour").OneError().Id());
    }

    [Theory]
    [InlineData("cogcommit search crane", 3)]
    [InlineData("cogcommit search retry -p harbour", 3)]
    [InlineData("cogcommit search retry --project=harbour --limit 1", 1)]
    [InlineData("cogcommit search retry counter", 3)]
    [InlineData("cogcommit search '\"retry counter\"' --limit 1", 1)]
    public void Search_finds(string line, int most)
    {
        var hits = _engine.Run(line).Fine();

        Assert.InRange(hits.Output.Count, 1, most);
        Assert.All(hits.All<string>("ProjectName"), name => Assert.Equal("harbour", name));
    }

    [Fact]
    public void Stats_counts()
    {
        Assert.Equal(10, _engine.Run("cogcommit stats").Fine().One.Get<int>("Turns"));
        Assert.Equal(2, _engine.Run("cogcommit stats -p harbour").Fine().One.Get<int>("Turns"));
        var json = JsonDocument.Parse(_engine.Run("cogcommit stats --json").Fine().One.ToString()!).RootElement;
        Assert.Equal(10, json.GetProperty("Turns").GetInt32());
        Assert.Equal(10, _engine.Run("cogcommit analytics").Fine().One.Get<int>("Turns"));
    }

    [Fact]
    public void Analytics_opts_in_and_out()
    {
        Assert.True(_engine.Run("cogcommit analytics --opt-in").Fine().One.Get<bool>("Value"));
        Assert.False(_engine.Run("cogcommit analytics --opt-out").Fine().One.Get<bool>("Value"));
    }

    [Fact]
    public void Export_writes_json_unless_told_otherwise()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_engine.Folder, "out")).FullName;

        JsonDocument.Parse(string.Join('\n', _engine.Run("cogcommit export").Fine().Output)).Dispose();
        Assert.StartsWith("#", _engine.Run("cogcommit export -f markdown --limit 1").Fine().Output[0].ToString(), StringComparison.Ordinal);
        _engine.Run("cogcommit export -o $args[0]/all.json; cogcommit export --format markdown --output $args[0]/one.md -p harbour".Replace("$args[0]", folder, StringComparison.Ordinal)).Fine();

        Assert.Contains("lighthouse", File.ReadAllText(Path.Combine(folder, "all.json")), StringComparison.Ordinal);
        Assert.DoesNotContain("lighthouse", File.ReadAllText(Path.Combine(folder, "one.md")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cogcommit prune --before 2026-02-12 --force --yes", 1)]
    [InlineData("cogcommit prune --before 2026-02-12 -p harbour --force -y", 4)]
    [InlineData("cogcommit prune --before 1d --force -y", 0)]
    [InlineData("cogcommit prune --before=2026-02-12 --force --dry-run", 4)]
    [InlineData("cogcommit prune --before 2026-02-12 --force -n", 4)]
    public void Prune_removes_what_is_older(string line, int left)
    {
        _engine.Run(line).Fine();

        Assert.Equal(left, _engine.Run("Get-CogCommit -Force").Fine().Output.Count);
    }

    [Fact]
    public void Import_reads_the_agents_own_folders_or_one_that_is_named()
    {
        _engine.Machine("two");
        Assert.Equal(0, _engine.Run("cogcommit import").Fine().One.Get<int>("CommitsNew"));
        History.Write(Path.Combine(_engine.Folder, "claude"));
        var folder = Directory.CreateDirectory(Path.Combine(_engine.Folder, "harbour")).FullName;

        Assert.Equal(1, _engine.Run("$null = $ExecutionContext.SessionState.Path.SetLocation($args[0]); cogcommit import --project", folder).Fine().One.Get<int>("CommitsNew"));
        Assert.Equal(3, _engine.Run("cogcommit import -g").Fine().One.Get<int>("CommitsNew"));
        Assert.Equal(4, _engine.Run($"cogcommit import -c {_engine.Folder}/projects").Fine().One.Get<int>("CommitsNew"));
        Assert.Equal(0, _engine.Run($"cogcommit import {_engine.Folder}/projects").Fine().One.Get<int>("FilesRead"));
        Assert.Equal(0, _engine.Run("cogcommit import --clear").Fine().One.Get<int>("CommitsNew"));
    }

    [Theory]
    [InlineData("cogcommit dance", "UnknownWord", "dance", "login, logout, whoami, push, pull, sync, stats, export, search, prune, config, analytics, import")]
    [InlineData("cogcommit", "MissingWord", null, "login, logout")]
    [InlineData("cogcommit push --colour", "UnknownOption", "--colour", "--dry-run")]
    [InlineData("cogcommit pull everything", "UnknownWord", "everything", "takes no 'everything'")]
    [InlineData("cogcommit whoami --colour", "UnknownOption", "--colour", "none")]
    [InlineData("cogcommit config set storage", "MissingValue", "storage", "config set <key> <value>")]
    [InlineData("cogcommit search", "MissingValue", null, "search <query>")]
    [InlineData("cogcommit prune", "MissingValue", "--before", "--before <date>")]
    [InlineData("cogcommit export -f", "MissingValue", "-f", "wants a value")]
    public void What_it_does_not_know_names_what_it_does(string line, string id, string? target, string says)
    {
        var error = _engine.Run(line).Terminating!;

        Assert.Equal(id, error.Id());
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.Equal(target, error.TargetObject);
        Assert.Contains(says, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void It_has_no_common_parameters() =>
        Assert.False(_engine.Run("(Get-Command cogcommit).CmdletBinding").Fine().One.BaseObject is true);

    public void Dispose() => _engine.Dispose();
}
