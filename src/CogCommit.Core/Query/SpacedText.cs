using System.Text;

namespace CogCommit.Core.Query;

/// <summary>The characters of writing without spaces, each of which is a word of its own in the column "spaced" (Schema/100-fulltext.sql).</summary>
internal static class SpacedText
{
    /// <summary>What the column holds around such a character.</summary>
    public const char Mark = '\u200B';

    public static bool Holds(Rune rune) => rune.Value is
        (>= 0x2E80 and <= 0x303F) or (>= 0x3041 and <= 0x30FF) or (>= 0x3100 and <= 0x9FFF) or (>= 0xAC00 and <= 0xD7A3)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0xFF66 and <= 0xFF9F) or (>= 0x20000 and <= 0x3FFFD);
}
