namespace CogCommit.PowerShell.Tests.Formatting;

/// <summary>The view of Measure-CogCommit, as it is printed.</summary>
public sealed class StatisticsViewTests
{
    private const string Groups = """
        function part($name, $count) { [CogCommit.StatisticsGroup]@{ Name = $name; Count = $count; Commits = 2; InputTokens = 999; OutputTokens = 12345 } };
        """;

    [Fact]
    public void Counts_come_first_then_the_first_rows_of_each_breakdown() => Assert.Equal(
        [
            "Commits  : 1,200",
            "Sessions : 7",
            "Turns    : 98,765, 21 of them prompts",
            "Tokens   : 576 in, 5,677 out",
            "Time     : -",
            "",
            "Project                             Turns  Commits       In      Out",
            "lighthouse                             46        2      999    12.3k",
            "-                                       5        2      999    12.3k",
            "",
            "Tool                                Calls  Commits",
            "t1                                      9        2",
            "t2                                      8        2",
            "t3                                      7        2",
            "t4                                      6        2",
            "t5                                      5        2",
            "and 1 more: (Measure-CogCommit).ByTool",
            "",
            "Day                                 Turns  Commits       In      Out",
            "2026-03-02                              2        2      999    12.3k",
            "2026-03-01                              1        2      999    12.3k",
        ],
        Printed.Plain(80, $$"""
            {{Groups}} [CogCommit.Statistics]@{
                Commits = 1200; Sessions = 7; Turns = 98765; Prompts = 21; InputTokens = 576; OutputTokens = 5677
                ByProject = [CogCommit.StatisticsGroup[]]((part lighthouse 46), (part '' 5))
                BySource = [CogCommit.StatisticsGroup[]](, (part claude_code 46))
                ByTool = [CogCommit.StatisticsGroup[]]((part t1 9), (part t2 8), (part t3 7), (part t4 6), (part t5 5), (part t6 4))
                ByDay = [CogCommit.StatisticsGroup[]]((part 2026-03-01 1), (part 2026-03-02 2))
            }
            """));

    [Fact]
    public void A_breakdown_by_itself_is_a_table() => Assert.Equal(
        [
            "Name                                Count  Commits       In      Out",
            "----                                -----  -------       --      ---",
            "claude-opus                     1,234,567        2      999    12.3k",
        ],
        Printed.Plain(80, $"{Groups} part claude-opus 1234567"));
}
