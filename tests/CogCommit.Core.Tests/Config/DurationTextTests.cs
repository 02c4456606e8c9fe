using CogCommit.Core.Config;
using CsCheck;

namespace CogCommit.Core.Tests.Config;

public class DurationTextTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(9_999);

    [Theory]
    [InlineData("0s", "0s")]
    [InlineData("0ms", "0s")]
    [InlineData("500ms", "500ms")]
    [InlineData(" 500 MS ", "500ms")]
    [InlineData("1000ms", "1s")]
    [InlineData("90s", "90s")]
    [InlineData("60s", "1m")]
    [InlineData("120m", "2h")]
    [InlineData("24h", "1d")]
    [InlineData("30d", "30d")]
    public void A_duration_is_a_number_and_a_unit(string text, string said) => Assert.Equal(said, DurationText.Of(DurationText.Read(text, TimeSpan.Zero, Longest)));

    [Fact]
    public void What_PowerShell_makes_of_an_unquoted_5s_or_2d_is_that_time()
    {
        Assert.Equal("5s", DurationText.Of(DurationText.Read((short)5, TimeSpan.Zero, Longest)));
        Assert.Equal("2d", DurationText.Of(DurationText.Read(2m, TimeSpan.Zero, Longest)));
        Assert.Throws<FormatException>(() => DurationText.Read(1.5m, TimeSpan.Zero, Longest));
        Assert.Throws<FormatException>(() => DurationText.Read(decimal.MaxValue, TimeSpan.Zero, Longest));
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("-5s")]
    [InlineData("1.5s")]
    [InlineData("5 weeks")]
    [InlineData("99999999s")]
    [InlineData("9999999d")]
    [InlineData(5)]
    public void What_is_none_is_refused_with_what_is(object value)
    {
        var error = Assert.Throws<FormatException>(() => DurationText.Read(value, TimeSpan.FromSeconds(1), TimeSpan.FromHours(2)));
        Assert.Contains("from 1s to 2h", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("999ms", false)]
    [InlineData("1s", true)]
    [InlineData("2h", true)]
    [InlineData("7201s", false)]
    public void The_bounds_belong_to_it(string text, bool taken)
    {
        var refused = Record.Exception(() => DurationText.Read(text, TimeSpan.FromSeconds(1), TimeSpan.FromHours(2)));
        Assert.Equal(taken, refused is null);
    }

    [Fact]
    public void A_TimeSpan_means_its_whole_milliseconds() =>
        Assert.Equal("1500ms", DurationText.Of(DurationText.Read(TimeSpan.FromSeconds(1.5) + TimeSpan.FromTicks(9_999), TimeSpan.Zero, Longest)));

    [Fact]
    public void What_is_said_is_read_as_the_same() => Gen.Long[0, (long)Longest.TotalMilliseconds].Select(ms => TimeSpan.FromMilliseconds(ms))
        .Sample(span => DurationText.Parse(DurationText.Of(span)) == span);
}
