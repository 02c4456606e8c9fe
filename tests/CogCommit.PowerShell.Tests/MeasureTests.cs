using System.Management.Automation;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests;

public sealed class MeasureTests(HistoryEngine engine) : IClassFixture<HistoryEngine>
{
    [Fact]
    public void Everything_is_counted_once()
    {
        var statistics = engine.Run("Measure-CogCommit").Fine().One;

        Assert.Equal("CogCommit.Statistics", statistics.BaseObject.GetType().FullName);
        Assert.Equal((4, 2), (statistics.Get<int>("Commits"), statistics.Get<int>("Sessions")));
        Assert.Equal((10L, 4L), (statistics.Get<long>("Turns"), statistics.Get<long>("Prompts")));
        Assert.Equal((60L, 120L), (statistics.Get<long>("InputTokens"), statistics.Get<long>("OutputTokens")));
        Assert.Equal(["lighthouse: 8", "harbour: 2"], Groups(statistics, "ByProject"));
        Assert.Equal(["claude_code: 10"], Groups(statistics, "BySource"));
        Assert.Equal(["claude-opus-4-5: 6"], Groups(statistics, "ByModel"));
        Assert.Equal(["Bash: 2", "Edit: 1", "Read: 1"], Groups(statistics, "ByTool"));
        Assert.Equal(10, statistics.Get<PSObject[]>("ByDay").Sum(day => day.Get<long>("Count")));
        Assert.True(statistics.Get<DateTimeOffset>("First") < statistics.Get<DateTimeOffset>("Last"));
    }

    [Theory]
    [InlineData("harbour", 2)]
    [InlineData("-Project light*", 8)]
    [InlineData("-Since 2026-02-12", 2)]
    [InlineData("-Until 2026-02-12", 8)]
    [InlineData("-Project nothing", 0)]
    public void Filters_choose(string parameters, long turns) =>
        Assert.Equal(turns, engine.Run("Measure-CogCommit " + parameters).Fine().One.Get<long>("Turns"));

    [Fact]
    public void Where_there_is_no_store_all_counts_are_zero()
    {
        using var empty = new BareEngine();

        Assert.Equal(0, empty.Run("Measure-CogCommit").Fine().One.Get<int>("Commits"));
        Assert.False(Directory.Exists(empty.Home));
        engine.Machine("one");
    }

    private static IEnumerable<string> Groups(PSObject statistics, string property) =>
        statistics.Get<PSObject[]>(property).Select(group => group.BaseObject.ToString()!);
}
