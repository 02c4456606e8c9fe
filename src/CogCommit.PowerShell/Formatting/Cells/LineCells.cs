using System.Management.Automation;

namespace CogCommit.PowerShell.Formatting;

/// <summary>A line that could not be read, as its table shows it.</summary>
internal sealed class LineCells(PSObject source) : ShownCells(source)
{
    private const int FileWidth = 40;

    /// <summary>The end of the path: its beginning is the same for all.</summary>
    public string File => Cells.CutStart(CellText.Clean(Source.Text("File")), FileWidth);

    public string Reason => CellText.Clean(Source.Text("Reason"));
}
