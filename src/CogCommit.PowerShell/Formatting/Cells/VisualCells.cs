using System.Management.Automation;

namespace CogCommit.PowerShell.Formatting;

/// <summary>A visual as its table and its list show it.</summary>
internal sealed class VisualCells(PSObject source) : ShownCells(source)
{
    private const int BeforeCaption = 8 + 1 + 4 + 1 + 8 + 1 + 8 + 1 + 5 + 1;

    public string Id => ShortId(Source.Text("VisualId"));

    public string Commit => ShortId(Source.Text("CommitId"));

    public string Taken => Age("CapturedAt");

    public string Size => SizeText.Bytes(Source.Number("Bytes"));

    /// <summary>Whether looking at it needs the cloud.</summary>
    public string Where => Source.Flag("IsLocal") ? "here" : Palette.Dim("cloud");

    public string Caption => Cells.Fit(Source.Text("Caption"), Rest(BeforeCaption));

    public string AllOfCaption => CellText.Clean(Source.Text("Caption"));

    public string CapturedAt => MomentText.Minute(Source.Moment("CapturedAt"));
}
