using CogCommit.PowerShell.Formatting;

namespace CogCommit.PowerShell.Tests.Formatting;

public sealed class AgeTextTests
{
    [Theory]
    [InlineData(0, "0s")]
    [InlineData(59.9, "59s")]
    [InlineData(60, "1m")]
    [InlineData(3599, "59m")]
    [InlineData(3600, "1h")]
    [InlineData(86_399, "23h")]
    [InlineData(86_400, "1d")]
    [InlineData(14 * 86_400 - 1, "13d")]
    [InlineData(14 * 86_400, "2w")]
    [InlineData(365 * 86_400 - 1, "52w")]
    [InlineData(365 * 86_400, "1y")]
    [InlineData(-86_400, "+1d")]
    public void An_age_has_its_largest_unit(double seconds, string text)
    {
        var now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        Assert.Equal(text, AgeText.Of(now.AddSeconds(-seconds), now));
    }

    [Fact]
    public void No_moment_has_no_age() => Assert.Equal("-", AgeText.Of(null, DateTimeOffset.UnixEpoch));
}
