using System.Text;

namespace CogCommit.PowerShell.Formatting;

/// <summary>The text around a search's match, cut so that the first match can be seen.</summary>
internal sealed class SnippetText(CellText cells, Palette palette)
{
    // How much of the room stands before the match: what led to it is worth less than what follows.
    private const int LeadPart = 3;

    private const int LongestWord = 10;

    // Stand for the marks while white space and control characters go; nobody writes these two.
    private const char Start = '\uF8F0';
    private const char End = '\uF8F1';

    /// <summary>One line of at most <paramref name="width"/> columns, matches in reverse, or between « and » where that cannot be shown.</summary>
    /// <param name="marked">The matches between U+0002 and U+0003, as <see cref="SearchHit.MarkedSnippet"/> has them.</param>
    /// <param name="width">Columns.</param>
    public string Of(string? marked, int width)
    {
        var signs = Read(marked ?? "");
        if (signs.Sum(sign => sign.Width) <= width)
        {
            return Write(signs, 0, signs.Count);
        }

        var from = Beginning(signs, width);
        var used = from > 0 ? 1 : 0;
        var to = from;
        while (to < signs.Count && used + signs[to].Width + (to + 1 < signs.Count ? 1 : 0) <= width)
        {
            used += signs[to++].Width;
        }

        return Write(signs, from, to);
    }

    private static int Beginning(List<Sign> signs, int width)
    {
        var match = Math.Max(0, signs.FindIndex(sign => sign.Matched));
        var from = match;
        var lead = 0;
        while (from > 0 && lead + signs[from - 1].Width <= width / LeadPart)
        {
            lead += signs[--from].Width;
        }

        // A match near the end leaves room: more of what led to it.
        var tail = signs.Skip(from).Sum(sign => sign.Width) + 1;
        while (from > 0 && tail + signs[from - 1].Width <= width)
        {
            tail += signs[--from].Width;
        }

        // At a word, unless that costs too much.
        var space = signs.FindIndex(from, Math.Min(match - from, LongestWord), sign => sign.Text == " ");
        return from > 0 && space >= 0 && signs[from - 1].Text != " " ? space + 1 : from;
    }

    private List<Sign> Read(string marked)
    {
        List<Sign> signs = [];
        var matched = false;
        var clean = CellText.Clean(marked.Replace(SearchHit.MatchStart, Start).Replace(SearchHit.MatchEnd, End));
        foreach (var part in clean.Split(Start, End))
        {
            // The first sign of a match pays for both marks.
            var marks = matched && !palette.Coloured ? 2 : 0;
            foreach (var grapheme in CellText.Graphemes(part))
            {
                signs.Add(new Sign(grapheme, cells.Width(grapheme) + marks, matched));
                marks = 0;
            }

            matched = !matched;
        }

        return signs;
    }

    private string Write(List<Sign> signs, int from, int to)
    {
        var text = new StringBuilder(from > 0 ? CellText.Ellipsis : "");
        for (var i = from; i < to;)
        {
            var run = new StringBuilder();
            var matched = signs[i].Matched;
            for (; i < to && signs[i].Matched == matched; i++)
            {
                run.Append(signs[i].Text);
            }

            text.Append(!matched ? run.ToString() : palette.Coloured ? palette.Reverse(run.ToString()) : $"«{run}»");
        }

        return text.Append(to < signs.Count ? CellText.Ellipsis : "").ToString();
    }

    private readonly record struct Sign(string Text, int Width, bool Matched);
}
