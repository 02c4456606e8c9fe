using System.Management.Automation;

namespace CogCommit.PowerShell.Formatting;

/// <summary>What a push would do with a commit, as its table shows it.</summary>
internal sealed class PlanCells(PSObject source) : ShownCells(source)
{
    private const int ProjectWidth = 14;
    private const int BeforeTitle = 8 + 1 + 10 + 1 + 5 + 1 + 9 + 1 + ProjectWidth + 1;

    public string Commit => ShortId(Source.Text("CommitId"));

    public string Action => StateText.Of(Source.Text("Action"), Palette);

    public string Size => SizeText.Bytes(Source.Number("Bytes"));

    public string Project => Named("ProjectName", ProjectWidth);

    public string Title => Cells.Fit(Source.Text("Title"), Rest(BeforeTitle));
}
