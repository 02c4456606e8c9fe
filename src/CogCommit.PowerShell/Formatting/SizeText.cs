using System.Globalization;

namespace CogCommit.PowerShell.Formatting;

/// <summary>Bytes and counts as a person reads them, the same in every culture.</summary>
internal static class SizeText
{
    private static readonly string[] Bytewise = ["B", "KB", "MB", "GB", "TB"];
    private static readonly string[] Thousands = ["", "k", "M", "G", "T"];

    /// <summary>Of 1024 bytes to the KB, as PowerShell's own 1KB has them: <c>812 B</c>, <c>1.5 MB</c>.</summary>
    public static string Bytes(long bytes) => Scaled(bytes, 1024, Bytewise, " ");

    /// <summary><c>999</c>, <c>12.3k</c>, <c>4.5M</c>.</summary>
    public static string Short(long count) => Scaled(count, 1000, Thousands, "");

    /// <summary>All digits, in threes: <c>12,345</c>.</summary>
    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Scaled(long count, int step, string[] units, string space)
    {
        double scaled = count;
        var unit = 0;

        // From the number as it will be rounded, so that no 1024.0 KB stands where 1.0 MB is meant.
        while (Math.Round(scaled, unit == 0 ? 0 : 1, MidpointRounding.AwayFromZero) >= step && unit < units.Length - 1)
        {
            scaled /= step;
            unit++;
        }

        return scaled.ToString(unit == 0 ? "0" : "0.0", CultureInfo.InvariantCulture) + space + units[unit];
    }
}
