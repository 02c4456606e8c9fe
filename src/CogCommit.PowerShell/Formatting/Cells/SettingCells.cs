using System.Management.Automation;

namespace CogCommit.PowerShell.Formatting;

/// <summary>A setting as its table shows it.</summary>
internal sealed class SettingCells(PSObject source) : ShownCells(source)
{
    public string Value => Joined("Value");

    public string Default => Joined("Default");

    private string Joined(string property) => string.Join(", ", Source.Texts(property).Select(CellText.Clean));
}
