using System.Management.Automation;

namespace CogCommit.PowerShell.Formatting;

/// <summary>A check as its table shows it: what was found, and below it what to type.</summary>
internal sealed class HealthCells(PSObject source) : ShownCells(source)
{
    private const int BeforeDetail = 11 + 1 + 7 + 1;

    public string Status => StateText.OfHealth(Source.Text("Status"), Palette);

    public string Detail => Source.Text("Fix") is { Length: > 0 } ? $"{Wrapped("Detail", BeforeDetail)}\n{Wrapped("Fix", BeforeDetail, "-> ")}" : Wrapped("Detail", BeforeDetail);
}
