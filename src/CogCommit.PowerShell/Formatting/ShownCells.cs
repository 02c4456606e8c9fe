using System.Management.Automation;

namespace CogCommit.PowerShell.Formatting;

/// <summary>What the views of one kind of object share: the object, the screen and its colours.</summary>
internal abstract class ShownCells
{
    // As many as all commands take, and too many for two commits to share.
    private const int ShortIdLength = 8;
    private const int ShortHashLength = 7;

    protected ShownCells(PSObject source)
    {
        Source = new ShownObject(source);
        Screen = OutputScreen.Current;
        Palette = Screen.Palette;
        Cells = new CellText(Screen);
    }

    protected ShownObject Source { get; }

    protected OutputScreen Screen { get; }

    protected Palette Palette { get; }

    protected CellText Cells { get; }

    public static string ShortId(string? id) => Start(id, ShortIdLength);

    protected static string ShortHash(string? hash) => string.IsNullOrEmpty(hash) ? "-" : Start(hash, ShortHashLength);

    protected static string Lines(IEnumerable<string> items) => string.Join('\n', items.Select(CellText.Clean));

    protected string Age(string property) => AgeText.Of(Source.Moment(property), TimeProvider.System.GetUtcNow());

    /// <summary>The name of a project, or a dash.</summary>
    protected string Named(string property, int width) => Source.Text(property) is { Length: > 0 } name ? Cells.Fit(name, width) : "-";

    /// <summary>Text of the last column: it has what the ones before it, with the blanks between them, leave.</summary>
    protected int Rest(int before) => Math.Max(1, Screen.Columns - before);

    /// <summary>All of a text in the last column, broken between words.</summary>
    protected string Wrapped(string property, int before, string start = "") =>
        string.Join('\n', new WordWrap(Cells).Lines(start + CellText.Clean(Source.Text(property)), Rest(before)));

    private static string Start(string? text, int length) => text is null ? "" : text.Length <= length ? text : text[..length];
}
