using System.Text;

namespace CogCommit.Core.Query;

/// <summary>FTS5's snippet made fit for one line of a list.</summary>
internal static class Snippet
{
    // Noncharacters: no text that anybody exchanges holds them, as it may hold U+0002 and U+0003.
    public const char RawStart = '\uFDD0';
    public const char RawEnd = '\uFDD1';

    private const int Before = 80;
    private const int Longest = 240;

    /// <summary>One line around the first match, with the marks of <see cref="SearchHit"/>. Words may be as long as a file in base64.</summary>
    public static string OneLine(string raw)
    {
        var line = new StringBuilder(Math.Min(raw.Length, 4 * Longest));
        var space = true;
        foreach (var c in raw)
        {
            if (c == SpacedText.Mark)
            {
                continue;
            }

            var isSpace = char.IsWhiteSpace(c) || char.IsControl(c);
            if (!isSpace || !space)
            {
                line.Append(isSpace ? ' ' : c);
            }

            space = isSpace;
        }

        var text = line.ToString().TrimEnd();
        var start = Math.Max(0, text.IndexOf(RawStart, StringComparison.Ordinal) - Before);
        var end = Math.Min(text.Length, start + Longest);
        start -= Splits(text, start) ? 1 : 0;
        end -= Splits(text, end) ? 1 : 0;
        var cut = text[start..end];
        // A match that was cut in its middle still ends.
        var close = cut.Count(c => c == RawStart) > cut.Count(c => c == RawEnd) ? $"{RawEnd}" : "";
        return string.Concat(start > 0 ? "…" : "", cut, end < text.Length ? "…" : "", close)
            .Replace(RawStart, SearchHit.MatchStart).Replace(RawEnd, SearchHit.MatchEnd);
    }

    private static bool Splits(string text, int at) => at > 0 && at < text.Length && char.IsLowSurrogate(text[at]);
}
