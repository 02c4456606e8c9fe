using CogCommit.PowerShell.Formatting;

namespace CogCommit.PowerShell.Tests.Formatting;

public sealed class SizeTextTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.0 KB")]
    [InlineData(1_048_575, "1.0 MB")]
    [InlineData(524_288_000, "500.0 MB")]
    [InlineData(long.MaxValue, "8388608.0 TB")]
    public void Bytes_have_the_unit_a_person_would_take(long bytes, string text) => Assert.Equal(text, SizeText.Bytes(bytes));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(999, "999")]
    [InlineData(1000, "1.0k")]
    [InlineData(999_960, "1.0M")]
    [InlineData(12_345, "12.3k")]
    public void Counts_are_short(long count, string text) => Assert.Equal(text, SizeText.Short(count));

    [Fact]
    public void Whole_counts_are_in_threes() => Assert.Equal("1,234,567", SizeText.Count(1_234_567));
}
