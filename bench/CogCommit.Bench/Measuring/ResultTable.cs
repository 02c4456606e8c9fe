using System.Globalization;
using System.Text;

namespace CogCommit.Bench.Measuring;

/// <summary>The results as a table in Markdown, as it stands in docs/performance.md.</summary>
internal sealed class ResultTable
{
    private readonly List<Result> _results = [];

    public void Add(Result result) => _results.Add(result);

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine("| what | work | ours: median (min to max) | limit beside it | median (min to max) | limit / ours | peak memory | counted | goal |");
        text.AppendLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var result in _results)
        {
            text.AppendLine(Line(result));
        }

        return text.ToString();
    }

    public static string Line(Result result) => "| " + string.Join(" | ",
        result.What, result.Work, Text(result.Ours, result.Unit), result.LimitName ?? "", result.Limit is { } limit ? Text(limit, result.Unit) : "",
        result.Limit is { } beside ? Number(beside.Median / result.Ours.Median) : "",
        result.PeakMemory is { } bytes ? $"{Number(bytes / 1e6)} MB" : "", result.Counted, result.Goal) + " |";

    private static string Text(Spread spread, string unit)
    {
        var (scaled, name) = unit == "s" && spread.Median < 1 ? (spread.Over(0.001), "ms") : (spread, unit);
        return $"{Number(scaled.Median)} {name} ({Number(scaled.Min)} to {Number(scaled.Max)})";
    }

    /// <summary>Three digits that say something.</summary>
    public static string Number(double value) => value switch
    {
        0 => "0",
        >= 100 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 1 => value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.ToString("0.000", CultureInfo.InvariantCulture),
    };
}
