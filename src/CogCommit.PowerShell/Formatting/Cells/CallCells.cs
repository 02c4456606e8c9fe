using System.Management.Automation;

namespace CogCommit.PowerShell.Formatting;

/// <summary>A tool call as its table shows it.</summary>
internal sealed class CallCells(PSObject source) : ShownCells(source)
{
    private const int NameWidth = 12;
    private const int InputWidth = 30;
    private const int BeforeResult = NameWidth + 1 + 5 + 1 + InputWidth + 1;

    // A file's whole text may stand there.
    private const int MostSigns = 1000;

    public string Name => Cells.Fit(Source.Text("Name"), NameWidth);

    public string Outcome => Source.Flag("IsError") ? Palette.Red("error") : Source.Text("Result") is null ? Palette.Dim("open") : "ok";

    public string Input => Cells.Fit(Start(Source.Text("Input")), InputWidth);

    public string Result => Cells.Fit(Start(Source.Text("Result")), Rest(BeforeResult));

    private static string Start(string? text) => text is null ? "" : text.Length <= MostSigns ? text : text[..MostSigns];
}
