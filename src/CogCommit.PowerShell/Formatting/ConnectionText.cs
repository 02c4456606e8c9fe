namespace CogCommit.PowerShell.Formatting;

/// <summary>How something stands to the cloud, in a line: since when it fails, how often it was tried, when again, and why.</summary>
internal static class ConnectionText
{
    /// <param name="source">Has Connection, FailingSince, Failures and NextTry.</param>
    /// <param name="palette">Of the output.</param>
    /// <param name="reason">Why nothing gets through, or why it only asks now and then; or null.</param>
    public static string Of(ShownObject source, Palette palette, string? reason)
    {
        var now = TimeProvider.System.GetUtcNow();
        return source.Text("Connection") switch
        {
            "Listening" => palette.Green("listening"),
            "Polling" => Why($"polling{Next(source, now)}", reason),
            "Offline" => Why(palette.Yellow("offline") + Failing(source, now) + Next(source, now), reason),
            _ => Why("off" + Failing(source, now), reason),
        };
    }

    private static string Failing(ShownObject source, DateTimeOffset now) => source.Moment("FailingSince") is { } since
        ? $" since {AgeText.Of(since, now)}, {SizeText.Count(source.Number("Failures"))} {(source.Number("Failures") == 1 ? "try" : "tries")}"
        : "";

    private static string Next(ShownObject source, DateTimeOffset now) =>
        source.Moment("NextTry") is { } next ? next > now ? $", next in {AgeText.Length(next - now)}" : ", next now" : "";

    private static string Why(string text, string? reason) => reason is { Length: > 0 } ? $"{text}: {CellText.Clean(reason)}" : text;
}
