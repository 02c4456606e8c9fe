using SQLitePCL;

namespace CogCommit.Core.Store;

/// <summary>Writing without spaces between words, of which full text holds each character for itself: Schema/100-fulltext.sql.</summary>
internal static class SpacedScripts
{
    /// <summary>
    /// Gives a connection the function may_be_spaced(text): whether it is worth looking for such characters. SQLite's GLOB, which finds out, takes as long
    /// for a text as all the rest of indexing it. Nothing that others run may call it: they do not have it.
    /// </summary>
    public static void AddTo(sqlite3 connection) => raw.sqlite3_create_function(
        connection, "may_be_spaced", 1, raw.SQLITE_UTF8 | raw.SQLITE_DETERMINISTIC, null,
        static (context, _, arguments) => raw.sqlite3_result_int(context, MayBeIn(raw.sqlite3_value_blob(arguments[0])) ? 1 : 0));

    /// <summary>
    /// Whether a text in UTF-8 holds a character from U+2E80 on that is no emoji or variation selector, by itself or as an escape of JSON:
    /// too often yes, never wrongly no.
    /// </summary>
    internal static bool MayBeIn(ReadOnlySpan<byte> text)
    {
        var rest = text;
        for (int at; (at = rest.IndexOf("\\u"u8)) >= 0; rest = rest[(at + 2)..])
        {
            if (MayBeEscaped(rest[(at + 2)..]))
            {
                return true;
            }
        }

        for (int at; (at = text.IndexOfAnyInRange((byte)0xE2, (byte)0xF4)) >= 0 && at + 1 < text.Length; text = text[(at + 1)..])
        {
            var second = text[at + 1];
            if (text[at] switch
            {
                0xE2 => second >= 0xBA,
                0xEF => second is <= 0xAB or 0xBD or 0xBE,
                0xF0 => second >= 0xA0,
                _ => true,
            })
            {
                return true;
            }
        }

        return false;
    }

    // By the first of four digits, and of half a pair by the three first: up to D83F begins what lies below U+20000, as emoji do; from DC00 on are second halves.
    private static bool MayBeEscaped(ReadOnlySpan<byte> digits) => digits.Length >= 4 && digits[0] switch
    {
        (byte)'0' or (byte)'1' => false,
        (byte)'d' or (byte)'D' => digits[1] switch
        {
            (byte)'8' => digits[2] >= '4',
            (byte)'c' or (byte)'C' or (byte)'d' or (byte)'D' or (byte)'e' or (byte)'E' or (byte)'f' or (byte)'F' => false,
            _ => true,
        },
        var first => char.IsAsciiHexDigit((char)first),
    };
}
