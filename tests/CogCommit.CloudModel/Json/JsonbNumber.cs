using System.Globalization;
using System.Text;

namespace CogCommit.CloudModel.Json;

/// <summary>How `numeric` prints a JSON number: without an exponent, with as many decimals as it was written with, and no zero below zero.</summary>
internal static class JsonbNumber
{
    private const int MostIntegerDigits = 131_072;
    private const int MostDecimals = 16_383;

    public static string Print(ReadOnlySpan<byte> written)
    {
        var text = Encoding.ASCII.GetString(written);
        if (written.IndexOfAny("eE."u8) < 0)
        {
            return text[0] == '-' && !text.AsSpan().ContainsAnyInRange('1', '9') ? text[1..] : text;
        }

        var negative = text[0] == '-';
        var mantissa = text.AsSpan(negative ? 1 : 0);
        long exponent = 0;
        if (mantissa.IndexOfAny('e', 'E') is var e and >= 0)
        {
            exponent = Exponent(mantissa[(e + 1)..]);
            mantissa = mantissa[..e];
        }

        var point = mantissa.IndexOf('.');
        var decimals = point < 0 ? 0 : mantissa.Length - point - 1;
        var digits = point < 0 ? mantissa.ToString() : $"{mantissa[..point]}{mantissa[(point + 1)..]}";
        var scale = Math.Max(0, decimals - exponent);
        var significant = digits.TrimStart('0');
        var integerDigits = significant.Length - decimals + exponent;
        if (scale > MostDecimals || significant.Length > 0 && integerDigits > MostIntegerDigits)
        {
            throw new ModelRefusedException("22003", "value overflows numeric format");
        }

        if (significant.Length == 0)
        {
            return scale == 0 ? "0" : "0." + new string('0', (int)scale);
        }

        // All digits up to the last decimal, at least one of them before the point.
        var all = (significant + new string('0', (int)Math.Max(0, exponent - decimals))).PadLeft((int)scale + 1, '0');
        var whole = all[..^(int)scale];
        return $"{(negative ? "-" : "")}{whole}{(scale == 0 ? "" : ".")}{all[^(int)scale..]}";
    }

    /// <summary>What `numeric` takes for a printed number: a header, and two bytes for each four digits between the first and the last that are not zero.</summary>
    public static int Bytes(string printed)
    {
        Split(printed, out var whole, out var decimals);
        var groups = (whole.Length + 3) / 4;
        var (first, last) = (int.MaxValue, int.MinValue);
        for (var i = 0; i < whole.Length + decimals.Length; i++)
        {
            if ((i < whole.Length ? whole[i] : decimals[i - whole.Length]) != '0')
            {
                // Groups are counted from the point.
                var group = i < whole.Length ? groups - 1 - (whole.Length - 1 - i) / 4 : groups + (i - whole.Length) / 4;
                (first, last) = (Math.Min(first, group), group);
            }
        }

        var digits = last < first ? 0 : last - first + 1;
        var weight = digits == 0 ? 0 : groups - 1 - first;
        return (decimals.Length <= 63 && weight is >= -64 and <= 63 ? 6 : 8) + 2 * digits;
    }

    /// <summary>Zero, or beyond 1e30 or 1e-30: what may print much longer than it came.</summary>
    public static bool IsFarFromOne(string printed)
    {
        Split(printed, out var whole, out var decimals);
        if (whole is not "0")
        {
            return whole.Length > 31 || whole.Length == 31 && (whole[0] != '1' || whole[1..].ContainsAnyExcept('0') || decimals.ContainsAnyExcept('0'));
        }

        return decimals.IndexOfAnyExcept('0') is < 0 or >= 30;
    }

    private static void Split(string printed, out ReadOnlySpan<char> whole, out ReadOnlySpan<char> decimals)
    {
        var digits = printed.AsSpan().TrimStart('-');
        var point = digits.IndexOf('.');
        whole = point < 0 ? digits : digits[..point];
        decimals = point < 0 ? [] : digits[(point + 1)..];
    }

    private static long Exponent(ReadOnlySpan<char> text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) <= int.MaxValue / 2
            ? value
            : throw new ModelRefusedException("22003", "value overflows numeric format");
}
