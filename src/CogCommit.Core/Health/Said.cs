using System.Globalization;

namespace CogCommit.Core.Health;

/// <summary>Numbers as people say them.</summary>
internal static class Said
{
    public static string Count(long count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");

    /// <summary>A span by its greatest unit.</summary>
    public static string Span(TimeSpan span) => span.Duration() switch
    {
        { TotalDays: >= 2 } d => Count((long)d.TotalDays, "day", "days"),
        { TotalHours: >= 2 } h => Count((long)h.TotalHours, "hour", "hours"),
        { TotalMinutes: >= 2 } m => Count((long)m.TotalMinutes, "minute", "minutes"),
        var s => Count((long)s.TotalSeconds, "second", "seconds"),
    };

    public static string Bytes(long bytes) => bytes switch
    {
        >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0} KB"),
    };
}
