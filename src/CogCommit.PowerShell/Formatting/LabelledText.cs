using System.Text;

namespace CogCommit.PowerShell.Formatting;

/// <summary>Lines of <c>Label : value</c> as Format-List writes them, with other lines between them; none longer than the screen.</summary>
internal sealed class LabelledText(CellText cells, Palette palette, int columns, int labelWidth)
{
    private const string Separator = " : ";

    private readonly List<string> _lines = [];

    public void Add(string label, string value)
    {
        var indent = labelWidth + Separator.Length;
        var first = palette.Accent(label.PadRight(labelWidth) + Separator);
        foreach (var line in Wrap(value, columns - indent))
        {
            _lines.Add(first + line);
            first = new string(' ', indent);
        }
    }

    /// <summary>What to type next.</summary>
    public void Next(string text)
    {
        var arrow = "-> ";
        foreach (var line in Wrap(text, columns - arrow.Length))
        {
            _lines.Add(arrow + line);
            arrow = "   ";
        }
    }

    public void Line(string text = "") => _lines.Add(text);

    public override string ToString() => string.Join('\n', _lines);

    // Words; one that is longer than a line is cut into lines.
    private IEnumerable<string> Wrap(string text, int width)
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
