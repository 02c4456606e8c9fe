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
            return text == "-0" ? "0" : text;
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

    private static long Exponent(ReadOnlySpan<char> text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) <= int.MaxValue / 2
            ? value
            : throw new ModelRefusedException("22003", "value overflows numeric format");
}
