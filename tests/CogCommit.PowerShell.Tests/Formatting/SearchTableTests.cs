namespace CogCommit.PowerShell.Tests.Formatting;

/// <summary>The table of hits, as it is printed: the match is seen, whatever has to be cut.</summary>
public sealed class SearchTableTests
{
    private const string Front = "11112222   2d harbour      assistant ";
    private const string Late = "The lamps of the harbour blink in step and nobody had looked at the <crane> since the storm took its counter away";

    [Theory]
    [InlineData(80, "a <crane> in it", "a «crane» in it")]
    [InlineData(80, Late, "…looked at the «crane» since the storm to…")]
    [InlineData(120, Late, "…step and nobody had looked at the «crane» since the storm took its counter away")]
    [InlineData(80, "At the end there stands, after a long way, the <crane>", "…stands, after a long way, the «crane»")]
    [InlineData(80, "<crane> and <crane> and <crane> and <crane> and <crane>", "«crane» and «crane» and «crane» and «cra»…")]
    [InlineData(80, "<a match that is so long that no line holds it whole, not one>", "«a match that is so long that no line ho»…")]
    [InlineData(80, "日本語の表題日本語の表題日本語の<表題>日本語の表題日本語", "…語の表題日本語の«表題»日本語の表題日本語")]
    [InlineData(80, "", "")]
    public void The_match_is_marked_and_kept_in_sight(int width, string marked, string shown) =>
        Assert.Equal((Front + shown).TrimEnd(), Printed.Rows(width, Made.Hit(marked))[0]);

    [Fact]
    public void Where_colours_are_shown_the_match_is_reversed()
    {
        var row = Printed.Coloured(80, Made.Hit("a <crane> in it"))[2];
        Assert.Contains("a \e[7mcrane\e[27m in it", row, StringComparison.Ordinal);
        Assert.DoesNotContain('«', row);
    }

    [Fact]
    public void A_hit_without_a_project_has_a_dash() => Assert.StartsWith("11112222   2d -            assistant a", Printed.Rows(80, Made.Hit("a", "$null"))[0], StringComparison.Ordinal);
}
