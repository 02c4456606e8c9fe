using System.Globalization;

namespace CogCommit.PowerShell.Parameters;

/// <summary>What people type for a moment: a date in their own time zone, or how long ago: <c>12h 30d 8w 6mo 1y</c>.</summary>
internal static class TimeText
{
    internal const string Allowed = "a date (2026-02-11, 2026-02-11 18:30), or how long ago it was: 12h, 30d, 8w, 6mo or 1y";

    /// <exception cref="FormatException">It is neither.</exception>
    internal static DateTimeOffset Parse(string text, DateTimeOffset now, TimeZoneInfo zone)
    {
        var trimmed = text.Trim();
        if (Ago(trimmed, now) is { } moment)
        {
            return moment;
        }
        // ISO first: it means the same everywhere. Then the way the user's own culture writes it.
        foreach (var culture in new[] { CultureInfo.InvariantCulture, CultureInfo.CurrentCulture })
        {
            // A zone in the text (Z, +01:00) is kept; without one the date is local.
            if (DateTime.TryParse(trimmed, culture, DateTimeStyles.RoundtripKind, out var date))
            {
                return date.Kind == DateTimeKind.Unspecified || !DateTimeOffset.TryParse(trimmed, culture, DateTimeStyles.AssumeUniversal, out var zoned)
                    ? Local(DateTime.SpecifyKind(date, DateTimeKind.Unspecified), zone)
                    : zoned;
            }
        }
        throw new FormatException($"'{text}' is no moment. Give {Allowed}.");
    }

    /// <summary>The hour that daylight saving skips is taken as if it had not: the moment an hour later by the clock.</summary>
    internal static DateTimeOffset Local(DateTime date, TimeZoneInfo zone) => new(date, zone.GetUtcOffset(date));

    private static DateTimeOffset? Ago(string text, DateTimeOffset now)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        if (digits is 0 or > 9)
        {
            return null;
        }
        var count = int.Parse(text.AsSpan(0, digits), CultureInfo.InvariantCulture);
        try
        {
            return text[digits..].ToLowerInvariant() switch
            {
                "h" => now.AddHours(-count),
                "d" => now.AddDays(-count),
                "w" => now.AddDays(-7.0 * count),
                "mo" => now.AddMonths(-count),
                "y" => now.AddYears(-count),
                _ => null,
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            // Longer ago than there were years.
            return DateTimeOffset.MinValue;
        }
    }
}
