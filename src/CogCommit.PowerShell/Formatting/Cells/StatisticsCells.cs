using System.Management.Automation;

namespace CogCommit.PowerShell.Formatting;

/// <summary>Counts, and the first rows of each breakdown.</summary>
internal sealed class StatisticsCells(PSObject source) : ShownCells(source)
{
    private const int LabelWidth = 8;
    private const int NameWidth = 30;
    private const int CountWidth = 10;
    private const int NumberWidth = 8;
    private const int Top = 5;
    private const int Days = 7;

    public string Text
    {
        get
        {
            var text = new LabelledText(Cells, Palette, Screen.Columns, LabelWidth);
            text.Add("Commits", SizeText.Count(Source.Number("Commits")));
            text.Add("Sessions", SizeText.Count(Source.Number("Sessions")));
            text.Add("Turns", $"{SizeText.Count(Source.Number("Turns"))}, {SizeText.Count(Source.Number("Prompts"))} of them prompts");
            text.Add("Tokens", $"{SizeText.Count(Source.Number("InputTokens"))} in, {SizeText.Count(Source.Number("OutputTokens"))} out");
            text.Add("Time", Source.Moment("First") is { } first ? $"{MomentText.Minute(first)} to {MomentText.Minute(Source.Moment("Last"))}" : "-");
            AddBreakdown(text, "ByProject", "Project", "Turns");
            if (Source.Many("BySource").Count > 1)
            {
                AddBreakdown(text, "BySource", "Source", "Turns");
            }

            AddBreakdown(text, "ByModel", "Model", "Turns");
            AddBreakdown(text, "ByTool", "Tool", "Calls", tokens: false);
            AddBreakdown(text, "ByDay", "Day", "Turns", latest: true);
            return text.ToString();
        }
    }

    private void AddBreakdown(LabelledText text, string property, string name, string count, bool tokens = true, bool latest = false)
    {
        var groups = Source.Many(property);
        if (groups.Count == 0)
        {
            return;
        }

        text.Line();
        text.Line(Palette.Accent(Row(name, count, "Commits", tokens ? "In" : "", tokens ? "Out" : "")));
        foreach (var group in latest ? groups.TakeLast(Days).Reverse() : groups.Take(Top))
        {
            text.Line(Row(
                group.Text("Name") is { Length: > 0 } said ? Cells.Cut(CellText.Clean(said), NameWidth) : "-",
                SizeText.Count(group.Number("Count")),
                SizeText.Count(group.Number("Commits")),
                tokens ? SizeText.Short(group.Number("InputTokens")) : "",
                tokens ? SizeText.Short(group.Number("OutputTokens")) : ""));
        }

        var shown = latest ? Days : Top;
        if (groups.Count > shown)
        {
            text.Line(Palette.Dim($"and {SizeText.Count(groups.Count - shown)} more: (Measure-CogCommit).{property}"));
        }
    }

    private string Row(string name, string count, params string[] numbers) =>
        (name + new string(' ', Math.Max(0, NameWidth - Cells.Width(name))) + count.PadLeft(CountWidth + 1)
            + string.Concat(numbers.Select(number => number.PadLeft(NumberWidth + 1)))).TrimEnd();
}
