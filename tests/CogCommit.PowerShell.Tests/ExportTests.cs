using System.Management.Automation;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests;

public sealed class ExportTests(HistoryEngine engine) : IClassFixture<HistoryEngine>
{
    [Theory]
    [InlineData("Json", "{")]
    [InlineData("Jsonl", "{")]
    [InlineData("Markdown", "#")]
    [InlineData("Html", "<!")]
    public void Each_format_goes_to_the_pipeline_line_by_line_or_to_a_file_and_is_the_same(string format, string begins)
    {
        var file = Path.Combine(engine.Folder, $"{format}.out");

        var lines = engine.Run($"Export-CogCommit -Format {format}").Fine().Output.Select(line => line.ToString()).ToArray();
        Assert.Empty(engine.Run($"Export-CogCommit -Format {format} -Path $args[0]", file).Fine().Output);

        Assert.StartsWith(begins, lines[0], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.DoesNotContain('\n', line));
        Assert.Equal(File.ReadAllLines(file), lines);
        foreach (var title in engine.Run("Get-CogCommit").All<string>("Title"))
        {
            Assert.Contains(lines, line => line.Contains(title, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("out.json", "{")]
    [InlineData("out.jsonl", "{")]
    [InlineData("out.md", "#")]
    [InlineData("out.html", "<!")]
    [InlineData("out", "{")]
    public void The_files_name_says_the_format(string name, string begins)
    {
        var file = Path.Combine(engine.Folder, name);

        engine.Run("Export-CogCommit -Path $args[0]", file).Fine();

        Assert.StartsWith(begins, File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Export-CogCommit deadbeef -Path $args[0] -ErrorAction SilentlyContinue")]
    [InlineData("Get-CogCommit -Project nothing | Export-CogCommit -Path $args[0]")]
    public void Nothing_to_export_is_no_reason_to_replace_a_file(string line)
    {
        var file = Path.Combine(engine.Folder, "precious.json");
        File.WriteAllText(file, "precious");

        engine.Run(line, file);

        Assert.Equal("precious", File.ReadAllText(file));
    }

    [Fact]
    public void A_folder_gets_a_file_for_each_commit()
    {
        var folder = Directory.CreateDirectory(Path.Combine(engine.Folder, "each")).FullName;

        var files = engine.Run("Get-CogCommit -Project lighthouse | Export-CogCommit -Format Markdown -Path $args[0] -PassThru", folder).Fine();

        var expected = engine.Ids.Skip(1).Select(id => Path.Combine(folder, $"2026-02-11-{id[..8]}.md")).ToArray();
        Assert.Equal(expected, files.All<string>("FullName"));
        Assert.Equal(expected.Order(), Directory.GetFileSystemEntries(folder).Order());
    }

    [Theory]
    [InlineData("Export-CogCommit $args[0] -Format Jsonl")]
    [InlineData("$args[0] | Export-CogCommit -Format Jsonl")]
    [InlineData("Export-CogCommit -Project harbour -Format Jsonl")]
    [InlineData("Get-CogCommit -Project harbour | Export-CogCommit -Format Jsonl")]
    [InlineData("Search-CogCommit crane | Export-CogCommit -Format Jsonl")]
    [InlineData("Export-CogCommit -Since 2026-02-12 -Format Jsonl")]
    public void Commits_come_from_the_pipeline_or_the_filters_of_Get(string script)
    {
        var lines = engine.Run(script, engine.Ids[0]).Fine().Output.Select(line => line.ToString());

        Assert.Single(lines, line => line.Contains("\"commit\"", StringComparison.Ordinal) && line.Contains(engine.Ids[0], StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains(engine.Ids[1], StringComparison.Ordinal));
    }

    [Fact]
    public void A_path_of_the_session_is_relative_to_its_location()
    {
        var folder = Directory.CreateDirectory(Path.Combine(engine.Folder, "here")).FullName;

        engine.Run("$null = $ExecutionContext.SessionState.Path.SetLocation($args[0]); Export-CogCommit -Path mine.json", folder).Fine();

        Assert.True(File.Exists(Path.Combine(folder, "mine.json")));
    }

    [Fact]
    public void WhatIf_writes_nothing()
    {
        var file = Path.Combine(engine.Folder, "whatif.json");

        engine.Run("Export-CogCommit -Path $args[0] -WhatIf", file).Fine();

        Assert.False(File.Exists(file));
    }

    [Fact]
    public void NoClobber_leaves_a_file_alone()
    {
        var file = engine.File("there.json", "mine");

        var error = engine.Run("Export-CogCommit -Path $args[0] -NoClobber", file).OneError();

        Assert.Equal(("FileExists", ErrorCategory.InvalidOperation), (error.Id(), error.CategoryInfo.Category));
        Assert.Equal(file, error.TargetObject);
        Assert.Equal("mine", File.ReadAllText(file));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_told()
    {
        var error = engine.Run("Export-CogCommit -Path $args[0]", Path.Combine(engine.Folder, "nowhere", "x.json")).OneError();

        Assert.Equal(("PathNotFound", ErrorCategory.ObjectNotFound), (error.Id(), error.CategoryInfo.Category));
    }

    [Fact]
    public void What_stops_half_way_leaves_the_old_file_and_no_half_one()
    {
        var folder = Directory.CreateDirectory(Path.Combine(engine.Folder, "half")).FullName;
        var file = engine.File("half/x.jsonl", "old");

        engine.Run("& { $args[0]; throw 'no more' } $args[0] | Export-CogCommit -Path $args[1]", engine.Ids[0], file);

        Assert.Equal("old", File.ReadAllText(file));
        Assert.Equal([file], Directory.GetFileSystemEntries(folder));
    }
}
