namespace CogCommit.Core.Tests;

public sealed class DisplayWidthTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("日本", 4)]
    [InlineData("e\u0301", 1)]
    [InlineData("😀", 2)]
    [InlineData("✅", 2)]
    [InlineData("✅\uFE0F", 2)]
    [InlineData("❤\uFE0F", 2)]
    [InlineData("a\u200Bb", 2)]
    [InlineData("\u0007", 0)]
    public void A_text_takes_the_columns_of_its_signs(string text, int columns) => Assert.Equal(columns, DisplayWidth.Of(text));
}
