using System.Globalization;
using System.Text;
using CogCommit.Core;

namespace CogCommit.PowerShell.Formatting;

/// <summary>
/// Text for one cell of a table: on one line, without control characters, and cut at a grapheme. PowerShell cuts by characters of its own
/// count: it halves emoji and takes some wide ones for narrow. So a text that has such is cut here first, by the larger of the two counts;
/// any other is left whole, for a table may be wider than the screen (<c>Out-String -Width</c>).
/// </summary>
internal sealed class CellText(OutputScreen screen)
{
    public const string Ellipsis = "…";

    private const char EmojiSelector = '\uFE0F';

    /// <summary>The text on one line; see <see cref="Clean"/>. Cut to <paramref name="width"/> columns where PowerShell would cut it wrongly.</summary>
    public string Fit(string? text, int width)
    {
        var line = Clean(text);
        return IsPlain(line) ? line : string.Concat(Graphemes(Cut(line, width)).Select(Counted));
    }

    /// <summary>The text cut to <paramref name="width"/> columns, with an ellipsis where something is missing.</summary>
    public string Cut(string line, int width)
    {
        if (Width(line) <= width)
        {
            return line;
        }

        var kept = new StringBuilder();
        var used = 0;
        foreach (var grapheme in Graphemes(line))
        {
            used += Width(grapheme);
            if (used > width - 1)
            {
                break;
            }

            kept.Append(grapheme);
        }

        return kept.ToString().TrimEnd() + Ellipsis;
    }

    /// <summary>The end of the text, for paths.</summary>
    public string CutStart(string line, int width)
    {
        if (Width(line) <= width)
        {
            return line;
        }

        var used = 0;
        var kept = Graphemes(line).Reverse().TakeWhile(grapheme => (used += Width(grapheme)) <= width - 1).Reverse();
        return Ellipsis + string.Concat(kept);
    }

    /// <summary>Columns, as the terminal or as PowerShell counts them, whichever are more.</summary>
    public int Width(string text) => Math.Max(DisplayWidth.Of(text), screen.Counted(text));

    public static IEnumerable<string> Graphemes(string text)
    {
        var graphemes = StringInfo.GetTextElementEnumerator(text);
        while (graphemes.MoveNext())
        {
            yield return graphemes.GetTextElement();
        }
    }

    /// <summary>
    /// One line, white space made one blank. Control characters and those that turn the direction of the line go: what a transcript says
    /// must not steer the terminal. Composed, so that an accent takes no column.
    /// </summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var line = new StringBuilder(text.Length);
        var space = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                space = line.Length > 0;
            }
            else if (!Rune.IsControl(rune) && !TurnsTheLine(rune.Value))
            {
                line.Append(space ? " " : "").Append(rune.ToString());
                space = false;
            }
        }

        return line.ToString().Normalize(NormalizationForm.FormC);
    }

    // PowerShell takes the older emoji for narrow and would pad one column too many. The selector that says "this is an emoji" takes none,
    // and PowerShell counts one for it.
    private string Counted(string grapheme) =>
        grapheme.Length == 1 && DisplayWidth.Of(grapheme) == 2 && screen.Counted(grapheme) == 1 && grapheme[0] is >= '\u2300' and <= '\u2BFF'
            ? grapheme + EmojiSelector
            : grapheme;

    // One column each, by any count.
    private static bool IsPlain(string line) => line.All(sign => sign is (>= ' ' and <= '\u02FF') or (>= '\u2010' and <= '\u2027'));

    private static bool TurnsTheLine(int sign) => sign is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
