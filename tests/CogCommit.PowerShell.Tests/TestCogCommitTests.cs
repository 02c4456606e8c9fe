using System.Management.Automation;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests;

/// <summary>The doctor, as users meet it.</summary>
public sealed class TestCogCommitTests : IDisposable
{
    private static readonly string[] Names =
        ["Home", "Store", "Version", "Disk", "Locks", "Config", "Transcripts", "Retention", "SignIn", "Cloud", "Clock", "Quota", "Pending", "Failed", "Conflicts", "Daemon"];

    private readonly BareEngine _engine = new();

    [Fact]
    public void Every_check_is_an_object_and_nothing_is_created()
    {
        var checks = _engine.Run("Test-CogCommit").Fine().Output;

        Assert.Equal(Names, checks.Select(check => check.Get<string>("Check")));
        Assert.All(checks, check => Assert.Equal("CogCommit.HealthCheck", check.BaseObject.GetType().FullName));
        Assert.False(Directory.Exists(_engine.Home));
        // A text, for ConvertTo-Json writes the number of what is not.
        Assert.Equal((object)"Skipped", checks.Single(check => check.Get<string>("Check") == "Cloud").Get<object>("Status"));
    }

    [Theory]
    [InlineData("Test-CogCommit store", "Store")]
    [InlineData("Test-CogCommit C*, v* -Full", "Version Config Cloud Clock Conflicts")]
    public void Checks_are_chosen_by_name_with_wildcards(string script, string names) =>
        Assert.Equal(names.Split(' '), _engine.Run(script).Fine().All<string>("Check"));

    [Fact]
    public void A_name_that_is_no_check_is_an_error_that_lists_them()
    {
        var error = _engine.Run("Test-CogCommit heart").OneError();
        Assert.Equal(("UnknownCheck", ErrorCategory.InvalidArgument), (error.Id(), error.CategoryInfo.Category));
        Assert.Contains("Retention", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_complete()
    {
        var names = _engine.Run("(TabExpansion2 'Test-CogCommit c' 16).CompletionMatches").Fine();
        Assert.Equal(["Config", "Cloud", "Clock", "Conflicts"], names.All<string>("CompletionText"));
    }

    [Theory]
    [InlineData("Host", true)]
    [InlineData("Ansi", true)]
    [InlineData("PlainText", false)]
    public void The_table_fits_80_columns_says_what_to_type_and_is_plain_where_nobody_asked_for_colours(string rendering, bool coloured)
    {
        _engine.Run("Import-CogCommit $args[0]", History.Write(_engine.Folder)).Fine();
        var screen = new Screen { Width = 80, ShowsColours = true };
        using var runspace = BareEngine.NewRunspace(screen);

        BareEngine.RunIn(runspace, $"Import-Module $args[0]; $env:NO_COLOR = ''; $PSStyle.OutputRendering = '{rendering}'; Test-CogCommit | Out-Default", RepositoryRoot.Manifest).Fine();

        Assert.All(screen.Lines, line => Assert.True(line.Length <= 80, line));
        Assert.Equal(coloured, screen.Shown.Contains("\x1b[32m", StringComparison.Ordinal) && screen.Shown.Contains("\x1b[32mOk", StringComparison.Ordinal));
        foreach (var text in new[] { "Check", "Status", "Detail", "Retention", "Skipped", "Nobody is signed in", "-> Connect-CogCommit", "There are no transcripts" })
        {
            Assert.Contains(screen.Lines, line => line.Contains(text, StringComparison.Ordinal));
        }
    }

    public void Dispose() => _engine.Dispose();
}
