using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace CogCommit.Core.Rows.Json;

/// <summary>
/// Rewrites a JSON value so that PostgreSQL's jsonb takes it (rule 13): members keep their order, white space between them goes, strings
/// are decoded by <see cref="JsonText"/>, what is nested deeper than 256 and numbers beyond double become strings of their JSON text.
/// </summary>
internal static class StorableJson
{
    public const int MaxDepth = 256;

    // jsonb keeps numbers as numeric, whose scale has an end too; what is longer or smaller than any double needs is kept as text.
    private const int MaxNumberLength = 400;
    private const int MaxExponent = 400;

    /// <param name="json">A value that a reader has found valid.</param>
    /// <param name="replaced">Grows by the texts and values that were replaced.</param>
    /// <param name="maxDepth">What is nested deeper becomes a string.</param>
    public static string Rewrite(ReadOnlySpan<byte> json, ref int replaced, int maxDepth = MaxDepth)
    {
        var text = new StringBuilder(json.Length);
        var reader = new Utf8JsonReader(json, JsonMembers.Options);
        var separate = false;
        while (reader.Read())
        {
            var token = reader.TokenType;
            var closes = token is JsonTokenType.EndObject or JsonTokenType.EndArray;
            if (separate && !closes)
            {
                text.Append(',');
            }

            var opens = Append(text, json, ref reader, ref replaced, maxDepth);
            separate = !opens && token != JsonTokenType.PropertyName;
        }

        return text.ToString();
    }

    /// <summary>The text as a JSON string, with no more escapes than JSON needs, so that full text finds what is in it.</summary>
    public static void AppendString(StringBuilder json, ReadOnlySpan<char> text)
    {
        json.Append('"');
        while (true)
        {
            var plain = text.IndexOfAny(MustBeEscaped);
            if (plain < 0)
            {
                break;
            }

            json.Append(text[..plain]).Append('\\');
            var c = text[plain];
            _ = c switch
            {
                '"' or '\\' => json.Append(c),
                '\n' => json.Append('n'),
                '\r' => json.Append('r'),
                '\t' => json.Append('t'),
                '\b' => json.Append('b'),
                '\f' => json.Append('f'),
                _ => json.Append('u').Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture)),
            };
            text = text[(plain + 1)..];
        }

        json.Append(text).Append('"');
    }

    private static readonly System.Buffers.SearchValues<char> MustBeEscaped =
        System.Buffers.SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (char)c), '"', '\\']);

    /// <summary>True when the token opened an object or array.</summary>
    private static bool Append(StringBuilder text, ReadOnlySpan<byte> json, ref Utf8JsonReader reader, ref int replaced, int maxDepth)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray when reader.CurrentDepth >= maxDepth:
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                AppendString(text, Encoding.UTF8.GetString(json[start..(int)reader.BytesConsumed]));
                replaced++;
                return false;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                text.Append((char)reader.ValueSpan[0]);
                return true;
            case JsonTokenType.PropertyName:
                AppendString(text, JsonText.Decode(reader.ValueSpan, ref replaced));
                text.Append(':');
                return false;
            case JsonTokenType.String:
                AppendString(text, JsonText.Decode(reader.ValueSpan, ref replaced));
                return false;
            case JsonTokenType.Number when !Fits(reader.ValueSpan):
                text.Append('"').Append(Encoding.ASCII.GetString(reader.ValueSpan)).Append('"');
                replaced++;
                return false;
            default:
                text.Append(Encoding.ASCII.GetString(reader.ValueSpan));
                return false;
        }
    }

    private static bool Fits(ReadOnlySpan<byte> number)
    {
        if (number.Length > MaxNumberLength || !Utf8Parser.TryParse(number, out double value, out _) || double.IsInfinity(value))
        {
            return false;
        }

        var exponentAt = number.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = exponentAt < 0 ? number : number[..exponentAt];
        var vanished = value == 0 && mantissa.IndexOfAnyInRange((byte)'1', (byte)'9') >= 0;
        return !vanished && (exponentAt < 0 || ExponentFits(number[(exponentAt + 1)..]));
    }

    private static bool ExponentFits(ReadOnlySpan<byte> exponent) =>
        Utf8Parser.TryParse(exponent, out int value, out _) && value is >= -MaxExponent and <= MaxExponent;
}
