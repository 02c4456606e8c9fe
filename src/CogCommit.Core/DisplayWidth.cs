using Wcwidth;

namespace CogCommit.Core;

/// <summary>How many columns of a terminal a text takes: two for wide East Asian characters and for emoji, none for a combining mark.</summary>
public static class DisplayWidth
{
    // The selector that turns the sign before it into an emoji, and so makes it wide.
    private const int EmojiSelector = 0xFE0F;

    /// <summary>Columns. Signs that terminals join or not (families of emoji) count as if they were not joined: never too few.</summary>
    public static int Of(ReadOnlySpan<char> text)
    {
        var columns = 0;
        var last = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var width = rune.Value == EmojiSelector && last == 1 ? 1 : Math.Max(0, UnicodeCalculator.GetWidth(rune));
            columns += width;
            last = width;
        }

        return columns;
    }
}
