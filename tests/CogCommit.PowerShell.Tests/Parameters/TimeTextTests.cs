using System.Globalization;
using CogCommit.PowerShell.Parameters;

namespace CogCommit.PowerShell.Tests.Parameters;

public class TimeTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.CreateCustomTimeZone("two hours east", TimeSpan.FromHours(2), null, null);

    [Theory]
    [InlineData("12h", "2026-03-31T00:00:00Z")]
    [InlineData("0h", "2026-03-31T12:00:00Z")]
    [InlineData("30d", "2026-03-01T12:00:00Z")]
    [InlineData("8w", "2026-02-03T12:00:00Z")]
    [InlineData("1mo", "2026-02-28T12:00:00Z")]
    [InlineData("6MO", "2025-09-30T12:00:00Z")]
    [InlineData("1y", "2025-03-31T12:00:00Z")]
    [InlineData(" 2d ", "2026-03-29T12:00:00Z")]
    [InlineData("9999y", "0001-01-01T00:00:00Z")]
    public void How_long_ago_counts_from_now(string text, string expected) => Same(expected, text);

    [Theory]
    [InlineData("2026-02-11", "2026-02-10T22:00:00Z")]
    [InlineData("2026-02-11 18:30", "2026-02-11T16:30:00Z")]
    [InlineData("2026-02-11T18:30:05", "2026-02-11T16:30:05Z")]
    public void A_date_is_local(string text, string expected) => Same(expected, text);

    [Theory]
    [InlineData("2026-02-11T18:30:00Z", "2026-02-11T18:30:00Z")]
    [InlineData("2026-02-11T18:30:00+05:00", "2026-02-11T13:30:00Z")]
    public void Unless_it_names_its_zone(string text, string expected) => Same(expected, text);

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("12")]
    [InlineData("12m")]
    [InlineData("-3d")]
    [InlineData("1.5d")]
    [InlineData("99999999999d")]
    public void What_is_neither_says_what_is_allowed(string text)
    {
        var error = Assert.Throws<FormatException>(() => TimeText.Parse(text, Now, Zone));

        Assert.Contains("12h, 30d, 8w, 6mo or 1y", error.Message, StringComparison.Ordinal);
    }

    private static void Same(string expected, string text) =>
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), TimeText.Parse(text, Now, Zone));
}
