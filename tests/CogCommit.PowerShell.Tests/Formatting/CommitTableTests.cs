namespace CogCommit.PowerShell.Tests.Formatting;

/// <summary>The table of commits, as it is printed.</summary>
public sealed class CommitTableTests
{
    private const string Long = "Give every lamp of the harbour its own rhythm so that no two neighbours ever blink together";

    private static readonly string Several = string.Join("; ", [
        Made.Commit("aaaa0001", Long),
        Made.Commit("aaaa0002", "Short", "ProjectName = 'a-project-of-a-long-name'; GitHash = $null; SyncStatus = 'over_limit'"),
        Made.Commit("aaaa0003", "No project", "ProjectName = $null; GitHash = 'abc'; SyncStatus = 'pending'; StartedAt = [DateTimeOffset]::UtcNow.AddDays(-20.5)"),
        Made.Commit("aaaa0004", "Not in lists", "Hidden = $true; SyncStatus = 'filtered'; StartedAt = [DateTimeOffset]::UtcNow.AddDays(-800)"),
        Made.Commit("aaaa0005", "Gone", "Hidden = $true; DeletedAt = [DateTimeOffset]::UtcNow; SyncStatus = 'conflict'"),
        Made.Commit("aaaa0006", "From a clock ahead", "SyncStatus = 'error'; StartedAt = [DateTimeOffset]::UtcNow.AddMinutes(90)"),
        Made.Commit("aaaa0007", "`e[31mred`e[0m`ttab`nline$([char]0x202E)turned", "SyncStatus = 'too_large'; StartedAt = [DateTimeOffset]::UtcNow.AddMinutes(-5.5)"),
    ]);

    [Fact]
    public void It_fits_80_columns() => Assert.Equal(
        [
            "Id        Age Project        Git     Sync       Title",
            "--        --- -------        ---     ----       -----",
            "aaaa0001   3h lighthouse     abcdef0 synced     Give every lamp of the harbour…",
            "aaaa0002   3h a-project-of-… -       over_limit Short",
            "aaaa0003   2w -              abc     pending    No project",
            "aaaa0004   2y lighthouse     abcdef0 filtered   (hidden) Not in lists",
            "aaaa0005   3h lighthouse     abcdef0 conflict   (deleted) Gone",
            "aaaa0006  +1h lighthouse     abcdef0 error      From a clock ahead",
            "aaaa0007   5m lighthouse     abcdef0 too_large  [31mred[0m tab lineturned",
        ],
        Printed.Plain(80, $"& {{ {Several} }}"));

    [Fact]
    public void A_wider_screen_shows_more_of_the_title() => Assert.Equal(
        "aaaa0001   3h lighthouse     abcdef0 synced     Give every lamp of the harbour its own rhythm so that no two neighbour…",
        Printed.Rows(120, Made.Commit("aaaa0001", Long))[0]);

    [Fact]
    public void A_state_has_its_colour_where_colours_are_shown()
    {
        var rows = Printed.Coloured(80, $"& {{ {Several} }}").Skip(2).ToArray();

        string[] painted = ["\e[32msynced", "\e[33mover_limit", "\e[36mpending", "\e[2mfiltered", "\e[35mconflict", "\e[31merror", "\e[31mtoo_large"];
        Assert.All(painted.Zip(rows), pair => Assert.Contains(pair.First, pair.Second, StringComparison.Ordinal));
        Assert.Contains("\e[2m(hidden) Not in lists", rows[3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PlainText", true, false)]
    [InlineData("Host", true, true)]
    [InlineData("Host", false, false)]
    [InlineData("Ansi", false, true)]
    public void Colours_are_those_that_the_user_and_the_screen_allow(string rendering, bool shows, bool coloured)
    {
        var script = $"$PSStyle.OutputRendering = '{rendering}'; {Made.Commit("aaaa0001", "One")}";
        var rows = shows ? Printed.Coloured(80, script) : Printed.Shown(80, script);

        Assert.Equal(coloured, rows[2].Contains("\e[32msynced", StringComparison.Ordinal));
    }

    [Fact]
    public void Nobody_who_said_NO_COLOR_gets_any() =>
        Assert.DoesNotContain('\e', Printed.Coloured(80, "$env:NO_COLOR = '1'; " + Made.Commit("aaaa0001", "One"))[2]);

    /// <summary>Wide signs take two columns, and PowerShell, asked by itself, would halve emoji and count others once.</summary>
    [Theory]
    [InlineData("日本語の表題日本語の表題日本語の表題日本語の表題", "日本語の表題日本語の表題日本語…")]
    [InlineData("a😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀", "a😀😀😀😀😀😀😀😀😀😀😀😀😀😀…")]
    [InlineData("ééééééééééééééééééééééééééééééééééé", "éééééééééééééééééééééééééééééé…")]
    [InlineData("👩‍🚀👩‍🚀👩‍🚀👩‍🚀👩‍🚀👩‍🚀👩‍🚀👩‍🚀", "👩‍🚀👩‍🚀👩‍🚀👩‍🚀👩‍🚀👩‍🚀…")]
    [InlineData("日本語", "日本語")]
    public void A_title_is_cut_at_a_sign_by_the_columns_it_takes(string title, string shown) =>
        Assert.Equal("aaaa0001   3h lighthouse     abcdef0 synced     " + shown, Printed.Rows(80, Made.Commit("aaaa0001", title))[0]);

    [Fact]
    public void An_older_emoji_leaves_the_columns_behind_it_where_they_are() => Assert.Equal(
        "aaaa0001   3h ✅\uFE0F done        abcdef0 synced     One",
        Printed.Rows(80, Made.Commit("aaaa0001", "One", "ProjectName = '✅ done'"))[0]);

    [Fact]
    public void A_store_without_commits_prints_nothing() => Assert.Equal([""], Printed.Plain(80, "$env:COGCOMMIT_HOME = '/nowhere/at/all'; Get-CogCommit"));
}
