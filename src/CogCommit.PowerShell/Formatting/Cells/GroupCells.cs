using System.Management.Automation;

namespace CogCommit.PowerShell.Formatting;

/// <summary>A row of a breakdown, as its table shows it.</summary>
internal sealed class GroupCells(PSObject source) : ShownCells(source)
{
    private const int NameWidth = 30;

    public string Group => Named("Name", NameWidth);

    public string Count => SizeText.Count(Source.Number("Count"));

    public string Commits => SizeText.Count(Source.Number("Commits"));

    public string Input => SizeText.Short(Source.Number("InputTokens"));

    public string Output => SizeText.Short(Source.Number("OutputTokens"));
}
