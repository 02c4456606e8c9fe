using System.Text;

namespace CogCommit.PowerShell.Formatting;

/// <summary>Breaks text between words, where PowerShell's own tables break it anywhere. A word longer than a line is cut.</summary>
internal sealed class WordWrap(CellText cells)
{
    /// <summary>The text's lines, without the blanks they are broken at.</summary>
    public IEnumerable<string> Lines(string text, int width)
    {
        var line = new StringBuilder();
        var used = 0;
        foreach (var word in text.Split(' ').SelectMany(word => Pieces(word, width)))
        {
            var length = cells.Width(Palette.Without(word));
            if (used > 0 && used + 1 + length > width)
            {
                yield return line.ToString();
                line.Clear();
                used = 0;
            }

            line.Append(used > 0 ? " " : "").Append(word);
            used += length + (used > 0 ? 1 : 0);
        }

        yield return line.ToString();
    }

    private List<string> Pieces(string word, int width)
    {
        if (cells.Width(Palette.Without(word)) <= width)
        {
            return [word];
        }

        List<string> pieces = [];
        var piece = new StringBuilder();
        var used = 0;
        foreach (var grapheme in CellText.Graphemes(word))
        {
            var length = cells.Width(grapheme);
            if (used + length > width)
            {
                pieces.Add(piece.ToString());
                piece.Clear();
                used = 0;
            }

            piece.Append(grapheme);
            used += length;
        }

        pieces.Add(piece.ToString());
        return pieces;
    }
}
