using System.Globalization;

namespace CogCommit.Core;

/// <summary>The one text form of times in the store and on the wire: UTC, whole microseconds, sortable as text.</summary>
public static class Timestamps
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public static string ToText(DateTimeOffset time) => time.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>Reads RFC 3339 in any precision and offset, and cuts to microseconds. False when it is no such time.</summary>
    public static bool TryParse(string? text, out DateTimeOffset time)
    {
        // A time alone, or a day without a year, would be completed from the clock.
        time = default;
        if (text is { Length: >= 10 } && char.IsAsciiDigit(text[3]) && text[4] == '-' && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time))
        {
            time = Cut(time);
            return true;
        }

        return false;
    }

    public static DateTimeOffset Parse(string text) =>
        TryParse(text, out var time) ? time : throw new FormatException($"'{text}' is no time in RFC 3339.");

    public static DateTimeOffset Cut(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));
}
