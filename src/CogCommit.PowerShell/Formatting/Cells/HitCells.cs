using System.Globalization;
using System.Management.Automation;

namespace CogCommit.PowerShell.Formatting;

/// <summary>A search's hit as its table and its list show it.</summary>
internal sealed class HitCells(PSObject source) : ShownCells(source)
{
    private const int ProjectWidth = 12;
    private const int BeforeSnippet = 8 + 1 + 4 + 1 + ProjectWidth + 1 + 9 + 1;

    public string Commit => ShortId(Source.Text("CommitId"));

    public string When => Age("Timestamp");

    public string Project => Named("ProjectName", ProjectWidth);

    public string Snippet => new SnippetText(Cells, Palette).Of(Source.Marked(), Rest(BeforeSnippet));

    public string WholeSnippet => new SnippetText(Cells, Palette).Of(Source.Marked(), int.MaxValue);

    public string Rank => Source.Real("Rank").ToString("0.00", CultureInfo.InvariantCulture);

    public string Title => CellText.Clean(Source.Text("Title"));

    public string Timestamp => MomentText.Second(Source.Moment("Timestamp"));
}
