using CogCommit.PowerShell.Tests.Engine;

namespace CogCommit.PowerShell.Tests.Formatting;

/// <summary>The views where things are not as usual: constrained language, objects out of Clixml, other cultures.</summary>
public sealed class ForeignSessionTests
{
    private const string Row = "aaaa0001   3h lighthouse     abcdef0 synced     Give every lamp of the harbour…";
    private const string Statistics =
        "[CogCommit.Statistics]@{ Commits = 1200; First = '2026-03-02T09:01:37Z'; Last = '2026-03-02T09:01:37Z'; ByModel = [CogCommit.StatisticsGroup[]](, [CogCommit.StatisticsGroup]@{ Name = 'm'; InputTokens = 12345 }) }";

    private const string Title = "Give every lamp of the harbour its own rhythm";

    [Theory]
    [InlineData("")]
    [InlineData("$null = $made | Out-Default; ")]
    public void They_work_in_constrained_language(string before)
    {
        var screen = new Screen(80);
        using var runspace = BareEngine.NewRunspace(screen);

        BareEngine.RunIn(runspace, $"Import-Module $args[0]; $PSStyle.OutputRendering = 'Host'; $made = {Made.Commit("aaaa0001", Title)}", RepositoryRoot.Manifest).Fine();
        BareEngine.RunIn(runspace, $"{before}$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'").Fine();
        BareEngine.RunIn(runspace, "$made | Out-Default; $Error").Fine();

        Assert.Equal(Row, screen.Lines.Last(line => line.StartsWith("aaaa", StringComparison.Ordinal)));
    }

    [Fact]
    public void They_work_where_the_module_is_imported_into_constrained_language()
    {
        var screen = new Screen(80);
        using var runspace = BareEngine.NewRunspace(screen);

        BareEngine.RunIn(runspace, "$PSStyle.OutputRendering = 'Host'; $env:COGCOMMIT_HOME = '/nowhere/at/all'; $ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'").Fine();
        BareEngine.RunIn(runspace, "Import-Module $args[0]; Test-CogCommit -Check Home | Out-Default", RepositoryRoot.Manifest).Fine();

        Assert.Contains(screen.Lines, line => line.StartsWith("Home        ", StringComparison.Ordinal));
    }

    [Fact]
    public void What_comes_out_of_Clixml_looks_the_same() => Assert.Equal(
        Row,
        Printed.Rows(80, Again(Made.Commit("aaaa0001", Title)))[0]);

    [Fact]
    public void So_it_does_when_it_went_there_twice() => Assert.Equal(
        Row,
        Printed.Rows(80, Again(Again(Made.Commit("aaaa0001", Title))))[0]);

    [Fact]
    public void A_hit_out_of_Clixml_keeps_its_marks() => Assert.Equal(
        "11112222   2d harbour      assistant a «crane» in it",
        Printed.Rows(80, Again(Made.Hit("a <crane> in it")))[0]);

    [Fact]
    public void No_culture_changes_a_line() => Assert.Equal(
        Printed.Plain(80, Statistics),
        Printed.Plain(80, $"""
            $culture = [cultureinfo]::InvariantCulture.Clone(); $culture.NumberFormat.NumberGroupSeparator = '.'; $culture.NumberFormat.NumberDecimalSeparator = ','
            $culture.DateTimeFormat.DateSeparator = '/'; $culture.DateTimeFormat.TimeSeparator = '.'; [cultureinfo]::CurrentCulture = $culture; {Statistics}
            """));

    private static string Again(string script) =>
        $"[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize(({script}), 2))";
}
