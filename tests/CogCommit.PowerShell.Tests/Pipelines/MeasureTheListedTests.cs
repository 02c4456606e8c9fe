using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests.Pipelines;

public sealed class MeasureTheListedTests : IDisposable
{
    private static readonly string[] Counts = ["Commits", "Sessions", "Turns", "Prompts", "InputTokens", "OutputTokens"];
    private readonly BareEngine _engine = new();
    private readonly string[] _ids;

    public MeasureTheListedTests()
    {
        _engine.Run("Import-CogCommit $args[0]", History.Write(_engine.Folder)).Fine();
        _ids = [.. _engine.Run("Get-CogCommit").Fine().All<string>("Id")];
    }

    [Theory]
    [InlineData("Get-CogCommit | Measure-CogCommit", "4 2 10 4 60 120")]
    [InlineData("Measure-CogCommit", "4 2 10 4 60 120")]
    [InlineData("Get-CogCommit -Project harbour | Measure-CogCommit", "1 1 2 1 10 20")]
    // Three commits of one conversation
    [InlineData("Get-CogCommit -Project lighthouse | Measure-CogCommit", "3 1 8 3 50 100")]
    [InlineData("Get-CogCommit | Measure-CogCommit -Project harbour", "1 1 2 1 10 20")]
    [InlineData("Get-CogCommit | Measure-CogCommit harbour", "1 1 2 1 10 20")]
    [InlineData("Get-CogCommit | Measure-CogCommit -Since 2026-02-12", "1 1 2 1 10 20")]
    [InlineData("(Get-CogCommit) + (Get-CogCommit) | Measure-CogCommit", "4 2 10 4 60 120")]
    [InlineData("Get-CogCommit | Where-Object Title -like *zebra* | Measure-CogCommit", "0 0 0 0 0 0")]
    [InlineData("Measure-CogCommit -CommitId (Get-CogCommit -Project harbour).Id.Substring(0, 8)", "1 1 2 1 10 20")]
    public void Each_commit_counts_once(string script, string counts) => Assert.Equal(counts, Said(script));

    [Fact]
    public void What_is_listed_is_what_is_counted()
    {
        _engine.Run("Set-CogCommit $args[0] -Hidden; Remove-CogCommit $args[1] -Cloud -Force", _ids[0], _ids[1]).Fine();

        Assert.Equal("2 1 6 2 40 80", Said("Measure-CogCommit"));
        Assert.Equal("2 1 6 2 40 80", Said("Get-CogCommit | Measure-CogCommit"));
        Assert.Equal("3 2 8 3 50 100", Said("Measure-CogCommit -Force"));
        Assert.Equal("3 2 8 3 50 100", Said("Get-CogCommit -Force | Measure-CogCommit"));
        Assert.Equal("1 1 2 1 10 20", Said($"Measure-CogCommit -CommitId {_ids[0]}"));
    }

    [Fact]
    public void An_id_that_means_nothing_is_an_error_and_counts_nothing()
    {
        var outcome = _engine.Run("Measure-CogCommit -CommitId 00000000");

        Assert.Equal("CommitNotFound", outcome.OneError().Id());
        Assert.Equal(0, outcome.One.Get<int>("Commits"));
        Assert.Equal(1, _engine.Run("'00000000', $args[0] | Measure-CogCommit", _ids[0]).One.Get<int>("Commits"));
    }

    public void Dispose() => _engine.Dispose();

    private string Said(string script)
    {
        var statistics = _engine.Run(script).Fine().One;
        return string.Join(' ', Counts.Select(statistics.Get<long>));
    }
}
