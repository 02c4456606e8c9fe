using System.Management.Automation;

namespace CogCommit.PowerShell.Formatting;

/// <summary>A turn as its table and its list show it.</summary>
internal sealed class TurnCells(PSObject source) : ShownCells(source)
{
    private const int ToolsWidth = 12;
    private const int BeforeContent = 16 + 1 + 9 + 1 + ToolsWidth + 1;

    // An answer can be a book; a line of it is shown. Enough for any screen.
    private const int MostSigns = 1000;

    public string Time => MomentText.Minute(Source.Moment("Timestamp"));

    public string Tools => Cells.Fit(string.Join(' ', Source.Many("ToolCalls").Select(call => call.Text("Name") ?? call.ToString())), ToolsWidth);

    public string Content
    {
        get
        {
            var mark = Source.Flag("Interrupted") ? "(interrupted) " : "";
            var text = Source.Text("Content");
            if (!string.IsNullOrWhiteSpace(text))
            {
                return Cells.Fit(mark + Start(text), Rest(BeforeContent));
            }

            // Tool calls alone: what the first was given says more than nothing.
            return Palette.Dim(Cells.Fit(mark + Start(Source.Many("ToolCalls") is [var first, ..] ? first.Text("Input") : null), Rest(BeforeContent)));
        }
    }

    public string Timestamp => MomentText.Second(Source.Moment("Timestamp"));

    public string Tokens => $"{SizeText.Count(Source.Number("InputTokens"))} in, {SizeText.Count(Source.Number("OutputTokens"))} out";

    private static string Start(string? text) => text is null ? "" : text.Length <= MostSigns ? text : text[..MostSigns];
}
