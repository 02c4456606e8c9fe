using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace CogCommit.Core.Rows.Json;

/// <summary>
/// Decodes JSON strings into what PostgreSQL can hold: U+0000, lone surrogates and bytes that are no UTF-8 become U+FFFD, and a text in
/// which that happened is counted once (rule 13). The framework's own decoding throws at them.
/// </summary>
internal static class JsonText
{
    private const char Replacement = '\uFFFD';

    /// <summary>The text of a JSON string with its quotes; null for any other value.</summary>
    public static string? String(ReadOnlySpan<byte> value, ref int replaced) =>
        IsString(value) ? Decode(value[1..^1], ref replaced) : null;

    public static bool IsString(ReadOnlySpan<byte> value) => value.Length >= 2 && value[0] == (byte)'"';

    /// <summary>True for the JSON string that holds exactly this text, written without escapes, as every agent writes its own words.</summary>
    public static bool Is(ReadOnlySpan<byte> value, ReadOnlySpan<byte> text) => IsString(value) && value[1..^1].SequenceEqual(text);

    public static bool IsTrue(ReadOnlySpan<byte> value) => value.SequenceEqual("true"u8);

    /// <summary>The text between the quotes of a JSON string that a reader has found valid.</summary>
    public static string Decode(ReadOnlySpan<byte> raw, ref int replaced)
    {
        var valid = Utf8.IsValid(raw);
        if (raw.IndexOf((byte)'\\') < 0)
        {
            replaced += valid ? 0 : 1;
            return Encoding.UTF8.GetString(raw);
        }

        var buffer = ArrayPool<char>.Shared.Rent(raw.Length);
        try
        {
            var bad = !valid;
            var length = Unescape(raw, buffer, ref bad);
            replaced += bad ? 1 : 0;
            return new string(buffer, 0, length);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    private static int Unescape(ReadOnlySpan<byte> raw, Span<char> text, ref bool bad)
    {
        var length = 0;
        while (!raw.IsEmpty)
        {
            var plain = raw.IndexOf((byte)'\\');
            if (plain < 0)
            {
                plain = raw.Length;
            }

            length += Encoding.UTF8.GetChars(raw[..plain], text[length..]);
            raw = raw[plain..];
            if (raw.IsEmpty)
            {
                break;
            }

            if (raw[1] != (byte)'u')
            {
                text[length++] = Simple(raw[1]);
                raw = raw[2..];
                continue;
            }

            var unit = Unit(raw);
            raw = raw[6..];
            if (char.IsHighSurrogate(unit) && raw.Length >= 6 && raw[0] == (byte)'\\' && raw[1] == (byte)'u' && char.IsLowSurrogate(Unit(raw)))
            {
                text[length++] = unit;
                unit = Unit(raw);
                raw = raw[6..];
            }
            else if (unit == '\0' || char.IsSurrogate(unit))
            {
                bad = true;
                unit = Replacement;
            }

            text[length++] = unit;
        }

        return length;
    }

    private static char Unit(ReadOnlySpan<byte> escape) =>
        (char)ushort.Parse(escape.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static char Simple(byte letter) => letter switch
    {
        (byte)'n' => '\n',
        (byte)'t' => '\t',
        (byte)'r' => '\r',
        (byte)'b' => '\b',
        (byte)'f' => '\f',
        _ => (char)letter,
    };
}
