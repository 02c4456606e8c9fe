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
    public static TextList ReadList(string? json) =>
        string.IsNullOrEmpty(json) || json == "[]" ? TextList.Empty : new TextList(ReadTexts(Encoding.UTF8.GetBytes(json)));

    /// <summary>As <see cref="ReadList"/>, but read when somebody looks at it (<see cref="StoredTexts"/>).</summary>
    public static TextList ListOf(ReadOnlySpan<byte> json) => json.IsEmpty || json.SequenceEqual("[]"u8) ? TextList.Empty : new TextList(new StoredTexts(json.ToArray()));

    /// <inheritdoc cref="ReadList"/>
    public static List<string> ReadTexts(ReadOnlySpan<byte> json)
    {
        try
        {
            return Texts(json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second: a text that is no UTF-8, or half of a surrogate pair.
            return [];
        }
    }

    private static List<string> Texts(ReadOnlySpan<byte> json)
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

        return texts;
    }

    public static string WriteList(IEnumerable<string> texts) => JsonSerializer.Serialize(texts, Plain);
}
