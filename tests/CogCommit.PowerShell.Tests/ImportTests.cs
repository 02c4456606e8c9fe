using System.Management.Automation;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;
using CogCommit.Testing;

namespace CogCommit.PowerShell.Tests;

public sealed class ImportTests : IDisposable
{
    private readonly BareEngine _engine = new();

    [Fact]
    public void A_folder_is_imported_and_the_summary_counts_it()
    {
        var result = _engine.Run("Import-CogCommit $args[0]", History.Write(_engine.Folder)).Fine().One;

        Assert.Equal("CogCommit.ImportResult", result.BaseObject.GetType().FullName);
        Assert.Equal(2, result.Get<int>("Files"));
        Assert.Equal(4, result.Get<int>("CommitsNew"));
        Assert.Equal(0, result.Get<int>("CommitsUpdated"));
        Assert.Equal(4, result.Get<int>("Prompts"));
        Assert.Equal(10, result.Get<int>("TurnsNew"));
        Assert.Equal(14, result.Get<int>("Lines"));
        Assert.Empty(result.Get<object[]>("BadLines"));
    }

    [Fact]
    public void Without_a_path_the_agents_own_folders_are_read()
    {
        History.Write(Path.Combine(_engine.Folder, "claude"));

        Assert.Equal(4, _engine.Run("Import-CogCommit").Fine().One.Get<int>("CommitsNew"));
    }

    [Fact]
    public void Again_imports_nothing()
    {
        var folder = History.Write(_engine.Folder);
        _engine.Run("Import-CogCommit $args[0]", folder).Fine();

        var again = _engine.Run("Import-CogCommit $args[0]", folder).Fine().One;
        var rebuilt = _engine.Run("Import-CogCommit $args[0] -Rebuild", folder).Fine().One;

        Assert.Equal((0, 0L), (again.Get<int>("CommitsNew"), again.Get<long>("Lines")));
        Assert.Equal((0, 0, 14L), (rebuilt.Get<int>("CommitsNew"), rebuilt.Get<int>("TurnsNew"), rebuilt.Get<long>("Lines")));
    }

    [Theory]
    [InlineData("Import-CogCommit \"$($args[0])/*/*.jsonl\"")]
    [InlineData("Import-CogCommit -LiteralPath $args[0]")]
    [InlineData("$args[0] | Import-CogCommit")]
    [InlineData("[IO.FileInfo[]][IO.Directory]::GetFiles($args[0], '*.jsonl', 'AllDirectories') | Import-CogCommit")]
    [InlineData("Import-CogCommit -FullName $args[0]")]
    public void Paths_come_as_wildcards_literally_and_through_the_pipeline(string script)
    {
        var results = _engine.Run(script, History.Write(_engine.Folder)).Fine();

        Assert.Equal(4, results.One.Get<int>("CommitsNew"));
    }

    [Fact]
    public async Task A_pipe_in_the_folder_is_not_waited_for()
    {
        var folder = History.Write(_engine.Folder);
        await NamedPipe.MakeAsync(Path.Combine(folder, "aaaaaaaa-0000-4000-8000-00000000000f.jsonl"));

        var results = await NamedPipe.NotWaitedForAsync(() => _engine.Run("Import-CogCommit $args[0]", folder).Fine());

        Assert.Equal(4, results.One.Get<int>("CommitsNew"));
    }

    [Fact]
    public void A_path_is_one_of_the_sessions_own_location()
    {
        History.Write(_engine.Folder);

        var result = _engine.Run("$null = $ExecutionContext.SessionState.Path.SetLocation($args[0]); Import-CogCommit projects", _engine.Folder).Fine().One;

        Assert.Equal(4, result.Get<int>("CommitsNew"));
    }

    [Fact]
    public void A_literal_path_has_no_wildcards()
    {
        var folder = History.Write(Path.Combine(_engine.Folder, "[odd]"));

        Assert.Equal(4, _engine.Run("Import-CogCommit -LiteralPath $args[0]", folder).Fine().One.Get<int>("CommitsNew"));
    }

    [Theory]
    [InlineData("Import-CogCommit 'nowhere', $args[0]")]
    [InlineData("Import-CogCommit -LiteralPath 'nowhere', $args[0]")]
    public void A_path_that_is_not_there_does_not_stop_the_others(string script)
    {
        var outcome = _engine.Run(script, History.Write(_engine.Folder));

        var error = outcome.OneError();
        Assert.Equal("PathNotFound", error.Id());
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.Equal("nowhere", error.TargetObject);
        Assert.Equal(4, outcome.One.Get<int>("CommitsNew"));
    }

    [Theory]
    [InlineData("Import-CogCommit nowhere")]
    [InlineData("@() | Import-CogCommit")]
    public void No_path_that_is_there_is_not_the_default_folders(string script)
    {
        History.Write(Path.Combine(_engine.Folder, "claude"));

        Assert.Empty(_engine.Run(script).Output);
        Assert.Empty(_engine.Run("Get-CogCommit").Fine().Output);
    }

    [Fact]
    public void A_path_of_another_provider_is_refused()
    {
        var error = _engine.Run("Import-CogCommit -LiteralPath Env:HOME").OneError();

        Assert.Equal("NotAFile", error.Id());
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
    }

    [Fact]
    public void WhatIf_imports_nothing()
    {
        var outcome = _engine.Run("Import-CogCommit $args[0] -WhatIf", History.Write(_engine.Folder)).Fine();

        Assert.Empty(outcome.Output);
        Assert.False(Directory.Exists(_engine.Home));
    }

    [Fact]
    public void A_bad_line_is_told_and_the_rest_is_imported()
    {
        var path = new Transcript().Prompt("Hello").Answer("Hello.").Write(_engine.Folder);
        File.AppendAllText(path, "{ \"type\": \"user\", broken\n");

        var result = _engine.Run("Import-CogCommit $args[0]", path).Fine().One;

        var bad = Assert.Single(result.Get<PSObject[]>("BadLines"));
        Assert.Equal((path, 3L), (bad.Get<string>("File"), bad.Get<long>("Line")));
        Assert.NotEmpty(bad.Get<string>("Reason"));
        Assert.Equal(1, result.Get<int>("CommitsNew"));
    }

    [Theory]
    [InlineData("Json")]
    [InlineData("Jsonl")]
    public void Our_own_exports_come_back_without_loss(string format)
    {
        var file = Path.Combine(_engine.Folder, "all." + format.ToLowerInvariant());
        _engine.Run("$null = Import-CogCommit $args[0]; Get-CogCommit | Set-CogCommit -Hidden:$false -Title 'Mine'", History.Write(_engine.Folder)).Fine();
        var before = _engine.Run("Export-CogCommit -Path $args[0] -Format $args[1]; Export-CogCommit -Format Jsonl", file, format).Fine();

        _engine.Machine("two");
        var result = _engine.Run("Import-CogCommit $args[0]", file).Fine().One;

        Assert.Equal((1, 4, 10), (result.Get<int>("Files"), result.Get<int>("CommitsNew"), result.Get<int>("TurnsNew")));
        Assert.Equal(before.Output.Select(line => line.ToString()), _engine.Run("Export-CogCommit -Format Jsonl").Fine().Output.Select(line => line.ToString()));
    }

    [Fact]
    public void A_folder_of_exports_is_imported_beside_the_transcripts_in_it()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_engine.Folder, "exports")).FullName;
        _engine.Run("$null = Import-CogCommit $args[0]; Get-CogCommit -Project light* | Export-CogCommit -Path $args[1] -Format Jsonl; Get-CogCommit -Project harbour | Export-CogCommit -Path $args[1]", History.Write(_engine.Folder), folder).Fine();
        new Transcript("tower").Prompt("Hello").Answer("Hello.").Write(folder);

        _engine.Machine("two");
        var result = _engine.Run("Import-CogCommit $args[0]", folder).Fine().One;

        Assert.Equal((5, 5), (result.Get<int>("Files"), result.Get<int>("CommitsNew")));
        Assert.Empty(result.Get<object[]>("BadLines"));
    }

    [Fact]
    public void A_damaged_export_is_told_and_does_not_stop_the_others()
    {
        var folder = History.Write(_engine.Folder);
        var file = Path.Combine(_engine.Folder, "all.jsonl");
        _engine.Run("$null = Import-CogCommit $args[0]; Export-CogCommit -Path $args[1]", folder, file).Fine();
        File.WriteAllLines(file, File.ReadAllLines(file)[..^1]);

        _engine.Machine("two");
        var outcome = _engine.Run("Import-CogCommit $args[0], $args[1]", file, folder);

        Assert.Equal(file, outcome.OneError().TargetObject);
        Assert.Equal(ErrorCategory.InvalidData, outcome.OneError().CategoryInfo.Category);
        Assert.Equal(4, outcome.One.Get<int>("CommitsNew"));
    }

    public void Dispose() => _engine.Dispose();
}
