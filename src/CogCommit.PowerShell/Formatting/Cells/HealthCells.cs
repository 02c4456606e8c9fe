using System.Management.Automation;

namespace CogCommit.PowerShell.Formatting;

/// <summary>A check as its table shows it.</summary>
internal sealed class HealthCells(PSObject source) : ShownCells(source)
{
    public string Status => StateText.OfHealth(Source.Text("Status"), Palette);

    public string Detail => Source.Text("Fix") is { Length: > 0 } fix ? $"{Source.Text("Detail")}\n-> {fix}" : Source.Text("Detail") ?? "";
}
