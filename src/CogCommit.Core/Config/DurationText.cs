using System.Globalization;

namespace CogCommit.Core.Config;

/// <summary>How long something lasts, as settings say it: a whole number and a unit, <c>500ms</c>, <c>5s</c>, <c>30m</c>, <c>2h</c>, <c>30d</c>.</summary>
internal static class DurationText
{
    // Longest first: what a text ends with.
    private static readonly (string Unit, TimeSpan One)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)),
        ("d", TimeSpan.FromDays(1)),
    ];

    /// <summary>From a text or a TimeSpan, whole milliseconds.</summary>
    /// <exception cref="FormatException">It is neither, or beyond the bounds.</exception>
    public static TimeSpan Read(object value, TimeSpan shortest, TimeSpan longest)
    {
        var duration = value switch
        {
            TimeSpan span => TimeSpan.FromMilliseconds(Math.Floor(span.TotalMilliseconds)),
            string text when TryParse(text, out var parsed) => parsed,
            // PowerShell takes an unquoted 5s for a short 5, and 1d for a decimal 1.
            short seconds => TimeSpan.FromSeconds(seconds),
            decimal days when days >= 0 && days <= longest.Days + 1 && days == decimal.Truncate(days) => TimeSpan.FromDays((double)days),
            _ => throw new FormatException($"It is a time such as 500ms, 5s, 30m, 2h or 1d, {Bounds(shortest, longest)}."),
        };
        return duration >= shortest && duration <= longest ? duration : throw new FormatException($"It lasts {Bounds(shortest, longest)}.");
    }

    /// <summary>Of a text that was written by <see cref="Of"/>.</summary>
    public static TimeSpan Parse(string text) => TryParse(text, out var duration) ? duration : throw new FormatException($"'{text}' is no duration.");

    /// <summary>In the largest unit that says it as a whole number.</summary>
    public static string Of(TimeSpan duration)
    {
        var (unit, one) = duration == TimeSpan.Zero ? Units[1] : Units.Last(known => duration.Ticks % known.One.Ticks == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / one.Ticks}{unit}");
    }

    private static bool TryParse(string text, out TimeSpan duration)
    {
        var trimmed = text.Trim();
        var digits = trimmed.TakeWhile(char.IsAsciiDigit).Count();
        var unit = trimmed[digits..].Trim();
        var known = Array.Find(Units, one => one.Unit.Equals(unit, StringComparison.OrdinalIgnoreCase));
        duration = default;
        if (digits is 0 or > 15 || known.Unit is null || long.Parse(trimmed.AsSpan(0, digits), CultureInfo.InvariantCulture) is var number && number > TimeSpan.MaxValue.Ticks / known.One.Ticks)
        {
            return false;
        }

        duration = TimeSpan.FromTicks(known.One.Ticks * number);
        return true;
    }

    private static string Bounds(TimeSpan shortest, TimeSpan longest) => $"from {Of(shortest)} to {Of(longest)}";
}
