using CogCommit.Core.Query;
using CogCommit.Core.Tests.Store;
using Microsoft.Extensions.Time.Testing;

namespace CogCommit.Core.Tests.Query;

public sealed class StatisticsReaderTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly TempStore _temp;

    public StatisticsReaderTests()
    {
        _clock.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("here", TimeSpan.FromHours(14), "here", "here"));
        _temp = new TempStore(_clock);
        _temp.Builder.Commit("a", project: "alpha").Session("s").Prompt("1")
            .Answer("2", model: "opus", usage: """{"input_tokens":10,"output_tokens":20}""", toolCalls: """[{"name":"Bash"},{"name":"Bash"},{"name":"Read"}]""")
            .Session("sub", subagent: true).Prompt("3")
            .At(StoreBuilder.Start.AddDays(2)).Commit("b", project: "beta", source: "codex").Session("t").Prompt("4")
            .Answer("5", model: "opus", usage: """{"input_tokens":1,"output_tokens":2}""")
            .Commit("gone", deletedAt: "x").Session("u").Prompt("6");
    }

    public void Dispose() => _temp.Dispose();

    private static string Text(IEnumerable<StatisticsGroup> groups) =>
        string.Join(", ", groups.Select(g => $"{g.Name} {g.Count}/{g.Commits}/{g.InputTokens}/{g.OutputTokens}"));

    [Fact]
    public void Everything_is_counted_once()
    {
        var all = StatisticsReader.Read(_temp.Store, new StatisticsFilter(), TestContext.Current.CancellationToken);
        Assert.Equal((2, 2, 5L, 2L, 11L, 22L), (all.Commits, all.Sessions, all.Turns, all.Prompts, all.InputTokens, all.OutputTokens));
        Assert.Equal((StoreBuilder.Start, StoreBuilder.Start.AddDays(2).AddMinutes(1)), (all.First!.Value, all.Last!.Value));
        Assert.Equal("alpha 3/1/10/20, beta 2/1/1/2", Text(all.ByProject));
        Assert.Equal("claude_code 3/1/10/20, codex 2/1/1/2", Text(all.BySource));
        Assert.Equal("opus 2/2/11/22", Text(all.ByModel));
        Assert.Equal("Bash 2/1/0/0, Read 1/1/0/0", Text(all.ByTool));
    }

    [Fact]
    public void A_day_is_a_day_of_the_place() => Assert.Equal(
        // Noon in UTC is two in the morning of the next day there.
        "2026-03-02 3/1/10/20, 2026-03-04 2/1/1/2",
        Text(StatisticsReader.Read(_temp.Store, new StatisticsFilter(), TestContext.Current.CancellationToken).ByDay));

    [Fact]
    public void Project_and_time_limit_what_is_counted()
    {
        var beta = StatisticsReader.Read(_temp.Store, new StatisticsFilter { Projects = ["B*"] }, TestContext.Current.CancellationToken);
        Assert.Equal((1, 2L), (beta.Commits, beta.Turns));
        var first = StatisticsReader.Read(_temp.Store, new StatisticsFilter { Until = StoreBuilder.Start }, TestContext.Current.CancellationToken);
        Assert.Equal((1, 1L, 1L), (first.Commits, first.Turns, first.Prompts));
        var none = StatisticsReader.Read(_temp.Store, new StatisticsFilter { Since = StoreBuilder.Start.AddYears(1) }, TestContext.Current.CancellationToken);
        Assert.Equal((0, 0L, null), (none.Commits, none.Turns, none.First));
        Assert.Empty(none.ByDay);
    }

    [Fact]
    public void Named_commits_are_counted_once_however_many_names_there_are()
    {
        _temp.Builder.Commit("hidden", hidden: true).Session("h").Prompt("7");
        // More names than a statement takes parameters.
        var many = Enumerable.Range(0, 50_000).Select(i => $"no commit {i}").Append("a").Append("a").Append("hidden").Append("gone").ToList();
        var named = StatisticsReader.Read(_temp.Store, new StatisticsFilter { CommitIds = many }, TestContext.Current.CancellationToken);
        Assert.Equal((2, 2, 4L, 2L, 10L, 20L), (named.Commits, named.Sessions, named.Turns, named.Prompts, named.InputTokens, named.OutputTokens));
        Assert.Equal("Bash 2/1/0/0, Read 1/1/0/0", Text(named.ByTool));
        Assert.Equal("alpha 3/1/10/20, demo 1/1/0/0", Text(named.ByProject));
    }

    [Fact]
    public void Hidden_commits_are_counted_where_they_are_asked_for()
    {
        _temp.Builder.Commit("hidden", hidden: true).Session("h").Prompt("7");
        int Commits(Visibility visibility) => StatisticsReader.Read(
            _temp.Store, new StatisticsFilter { Visibility = visibility }, TestContext.Current.CancellationToken).Commits;
        Assert.Equal((2, 3), (Commits(Visibility.Shown), Commits(Visibility.All)));
    }
}
