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

        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Array
                ? new TextList(document.RootElement.EnumerateArray()
                    .Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!).ToList())
                : TextList.Empty;
        }
        catch (JsonException)
        {
            return TextList.Empty;
        }
    }

    public static string WriteList(IEnumerable<string> texts) => JsonSerializer.Serialize(texts, Plain);
}
