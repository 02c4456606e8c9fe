using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CogCommit.Core.Store;

/// <summary>The lists of the store: JSON arrays of texts.</summary>
internal static class JsonText
{
    /// <summary>Text that goes to SQLite and PostgreSQL, never into HTML: only what JSON itself demands is escaped.</summary>
    public static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The texts of a JSON array; what is no such array reads as an empty list, since the original wrote NULL and worse.</summary>
    public static TextList ReadList(string? json)
    {
        if (string.IsNullOrEmpty(json) || json == "[]")
        {
            return TextList.Empty;
        }

        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(json.Length));
        try
        {
            return ReadList(bytes.AsSpan(0, Encoding.UTF8.GetBytes(json, bytes)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <inheritdoc cref="ReadList(string?)"/>
    public static TextList ReadList(ReadOnlySpan<byte> json)
    {
        try
        {
            return json.IsEmpty || json.SequenceEqual("[]"u8) ? TextList.Empty : Texts(json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second: a text that is no UTF-8, or half of a surrogate pair.
            return TextList.Empty;
        }
    }

    private static TextList Texts(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        List<string> texts = [];
        var isArray = reader.Read() && reader.TokenType == JsonTokenType.StartArray;
        // To the end also where it is no array, or its items are none: half of a text is none.
        while (reader.Read())
        {
            if (isArray && reader is { CurrentDepth: 1, TokenType: JsonTokenType.String })
            {
                texts.Add(reader.GetString()!);
            }
        }

        return isArray ? new TextList(texts) : TextList.Empty;
    }

    public static string WriteList(IEnumerable<string> texts) => JsonSerializer.Serialize(texts, Plain);
}
