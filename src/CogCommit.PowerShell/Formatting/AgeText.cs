using System.Globalization;

namespace CogCommit.PowerShell.Formatting;

/// <summary>How long ago something was, in at most four characters: 12s, 5m, 3h, 2d, 6w, 1y. What lies ahead (another machine's clock) has a plus.</summary>
internal static class AgeText
{
    private const int DaysUntilWeeks = 14;
    private const int DaysOfAYear = 365;

    public static string Of(DateTimeOffset? moment, DateTimeOffset now)
    {
        if (moment is not { } then)
        {
            return "-";
        }

        var ago = now - then;
        return ago < TimeSpan.Zero ? "+" + Length(ago.Negate()) : Length(ago);
    }

    /// <summary>A length of time in its largest unit, cut.</summary>
    public static string Length(TimeSpan length)
    {
        var (count, unit) = length switch
        {
            { TotalMinutes: < 1 } => (length.TotalSeconds, "s"),
            { TotalHours: < 1 } => (length.TotalMinutes, "m"),
            { TotalDays: < 1 } => (length.TotalHours, "h"),
            { TotalDays: < DaysUntilWeeks } => (length.TotalDays, "d"),
            { TotalDays: < DaysOfAYear } => (length.TotalDays / 7, "w"),
            _ => (length.TotalDays / DaysOfAYear, "y"),
        };
        return Math.Floor(count).ToString("0", CultureInfo.InvariantCulture) + unit;
    }
}
