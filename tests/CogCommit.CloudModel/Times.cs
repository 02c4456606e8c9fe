using System.Globalization;

namespace CogCommit.CloudModel;

/// <summary>Moments as PostgreSQL keeps them: whole microseconds. Counted from the year 1, so that sums may leave the calendar.</summary>
internal static class Times
{
    public const long Minute = 60_000_000;
    public const long Day = 24 * 60 * Minute;

    public static long Of(DateTimeOffset time) => time.UtcTicks / TimeSpan.TicksPerMicrosecond;

    /// <summary>RFC 3339 in UTC, at most six decimals, of a day that exists; null: it is none.</summary>
    public static long? Parse(string text)
    {
        // "2026-02-11T20:36:45" and then up to seven characters of decimals, and "Z" or "+00:00".
        var zone = text.EndsWith('Z') ? 1 : text.EndsWith("+00:00", StringComparison.Ordinal) ? 6 : 0;
        var decimals = text.Length - zone - 19;
        if (zone == 0 || decimals is not (0 or >= 2 and <= 7) || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':')
        {
            return null;
        }

        var (year, month, day) = (Number(text, 0, 4), Number(text, 5, 2), Number(text, 8, 2));
        var (hour, minute, second) = (Number(text, 11, 2), Number(text, 14, 2), Number(text, 17, 2));
        var micros = decimals == 0 ? 0 : text[19] == '.' ? Number(text, 20, decimals - 1) : -1;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour is < 0 or > 23
            || minute is < 0 or > 59 || second is < 0 or > 59 || micros < 0)
        {
            return null;
        }

        for (var i = decimals - 1; i is > 0 and < 6; i++)
        {
            micros *= 10;
        }

        return new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks / TimeSpan.TicksPerMicrosecond + micros;
    }

    public static string Text(long micros) => string.Create(27, micros, static (to, micros) =>
    {
        // The round-trip form has a digit more and is much the fastest.
        Span<char> roundTrip = stackalloc char[28];
        new DateTime(micros * TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc).TryFormat(roundTrip, out _, "O", CultureInfo.InvariantCulture);
        roundTrip[..26].CopyTo(to);
        to[26] = 'Z';
    });

    private static int Number(string text, int start, int length)
    {
        var value = 0;
        for (var i = start; i < start + length; i++)
        {
            if (!char.IsAsciiDigit(text[i]))
            {
                return -1;
            }

            value = value * 10 + (text[i] - '0');
        }

        return value;
    }
}
