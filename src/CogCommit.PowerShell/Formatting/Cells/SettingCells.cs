using System.Management.Automation;

namespace CogCommit.PowerShell.Formatting;

/// <summary>A setting as its table and its list show it.</summary>
internal sealed class SettingCells(PSObject source) : ShownCells(source)
{
    private const int BeforeDescription = 17 + 1 + 24 + 1;

    public string Value => Joined("Value");

    public string Default => Joined("Default");

    public string Description => Wrapped("Description", BeforeDescription);

    private string Joined(string property) => string.Join(", ", Source.Texts(property).Select(CellText.Clean));
}
