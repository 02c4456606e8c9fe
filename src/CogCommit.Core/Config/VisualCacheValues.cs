using System.Globalization;
using CogCommit.Core.Store;

namespace CogCommit.Core.Config;

/// <summary>The values of visual-cache-ttl and visual-cache-size: a text such as 30d and 500MB, in the form that is kept.</summary>
internal static class VisualCacheValues
{
    // In minutes.
    private static readonly (string Unit, long One)[] Times = [("d", 24 * 60), ("h", 60), ("m", 1)];

    // As PowerShell's own 500MB: 1024 bytes to the KB.
    private static readonly (string Unit, long One)[] Sizes = [("GB", 1L << 30), ("MB", 1L << 20), ("KB", 1L << 10), ("B", 1)];

    private const long Longest = 3650 * 24 * 60;
    private const long Most = 1L << 40;

    /// <exception cref="FormatException">It is no such time.</exception>
    public static string TimeToLive(object value) => value switch
    {
        TimeSpan given => Minutes(Math.Floor((decimal)given.TotalMinutes)),
        string text => Minutes(Parse(text, Times)),
        // PowerShell takes an unquoted 30d for the decimal number 30.
        int or long or decimal or double => Minutes(Number(value) * 24 * 60),
        _ => throw NoTime(),
    };

    /// <exception cref="FormatException">It is no such size.</exception>
    public static string Size(object value) => value switch
    {
        string text => Bytes(Parse(text, Sizes)),
        int or long or decimal or double => Bytes(Number(value)),
        _ => throw NoSize(),
    };

    /// <summary>Of two values in the form that is kept.</summary>
    public static VisualCacheLimits Limits(string timeToLive, string size) =>
        new(TimeSpan.FromMinutes((double)Parse(timeToLive, Times)!), (long)Parse(size, Sizes)!);

    private static string Minutes(decimal? minutes) =>
        minutes is >= 1 and <= Longest && minutes == decimal.Truncate(minutes.Value) ? Text((long)minutes, Times) : throw NoTime();

    private static string Bytes(decimal? bytes) =>
        bytes is >= 0 and <= Most && bytes == decimal.Truncate(bytes.Value) ? Text((long)bytes, Sizes) : throw NoSize();

    private static decimal? Parse(string text, (string Unit, long One)[] units)
    {
        var trimmed = text.Trim();
        var digits = trimmed.TakeWhile(char.IsAsciiDigit).Count();
        var unit = trimmed[digits..].Trim();
        var known = Array.FindIndex(units, one => one.Unit.Equals(unit, StringComparison.OrdinalIgnoreCase));
        return digits is > 0 and <= 13 && known >= 0 ? decimal.Parse(trimmed.AsSpan(0, digits), CultureInfo.InvariantCulture) * units[known].One : null;
    }

    // A double may be beyond any decimal, or no number.
    private static decimal? Number(object value) =>
        value is double number ? number is >= -1 and <= Most ? (decimal)number : null : Convert.ToDecimal(value, CultureInfo.InvariantCulture) is >= -1 and <= Most and var known ? known : null;

    /// <summary>In the largest unit that says it as a whole number.</summary>
    private static string Text(long number, (string Unit, long One)[] units)
    {
        var (unit, one) = number == 0 ? units[^1] : Array.Find(units, known => number % known.One == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{number / one}{unit}");
    }

    private static FormatException NoTime() => new("It is a time such as 12h or 30d, from 1m to 3650d.");

    private static FormatException NoSize() => new("It is a size such as 500MB or 2GB, from 0B to 1024GB.");
}
