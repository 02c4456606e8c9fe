using System.Management.Automation;

namespace CogCommit.PowerShell.Formatting;

/// <summary>A conflict as its table and its list show it.</summary>
internal sealed class ConflictCells(PSObject source) : ShownCells(source)
{
    private const int BeforeFields = 8 + 1 + 8 + 1 + 4 + 1 + 6 + 1;

    public string Id => ShortId(Source.Text("Id"));

    public string Commit => ShortId(Source.Text("CommitId"));

    public string Met => Age("ArchivedAt");

    public string Stands => Source.Text("Stands") ?? "";

    public string Fields
    {
        get
        {
            var resolved = Source.Moment("ResolvedAt") is not null;
            var text = Cells.Fit((resolved ? "(resolved) " : "") + string.Join("; ", Source.Texts("Fields")), Rest(BeforeFields));
            return resolved ? Palette.Dim(text) : text;
        }
    }

    public string AllFields => Lines(Source.Texts("Fields"));

    public string Title => CellText.Clean(Source.Text("Title"));

    public string ArchivedAt => MomentText.Minute(Source.Moment("ArchivedAt"));

    public string RestorableUntil => MomentText.Minute(Source.Moment("RestorableUntil"));

    public string ResolvedAt => MomentText.Minute(Source.Moment("ResolvedAt"));
}
