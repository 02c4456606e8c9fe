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

    /// <summary>Of 1024 bytes to the KB, as the cmdlets' own views and PowerShell's 1KB have them.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        >= 1 << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 30):0.0} GB"),
        >= 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 20):0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KB"),
    };
}
