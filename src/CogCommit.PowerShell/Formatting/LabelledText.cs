namespace CogCommit.PowerShell.Formatting;

/// <summary>Lines of <c>Label : value</c> as Format-List writes them, with other lines between them; none longer than the screen.</summary>
internal sealed class LabelledText(CellText cells, Palette palette, int columns, int labelWidth)
{
    private const string Separator = " : ";

    private readonly List<string> _lines = [];
    private readonly WordWrap _words = new(cells);

    public void Add(string label, string value)
    {
        var indent = labelWidth + Separator.Length;
        var first = palette.Accent(label.PadRight(labelWidth) + Separator);
        foreach (var line in _words.Lines(value, columns - indent))
        {
            _lines.Add(first + line);
            first = new string(' ', indent);
        }
    }

    /// <summary>What to type next.</summary>
    public void Next(string text)
    {
        var arrow = "-> ";
        foreach (var line in _words.Lines(text, columns - arrow.Length))
        {
            _lines.Add(arrow + line);
            arrow = "   ";
        }
    }

    public void Line(string text = "") => _lines.Add(text);

    public override string ToString() => string.Join('\n', _lines);
}
