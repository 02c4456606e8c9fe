using System.Text.Encodings.Web;
using System.Text.Json;

namespace CogCommit.Core.Capture.Rows;

/// <summary>Lists in columns: JSON with the characters themselves, since full text reads it too.</summary>
internal static class ColumnJson
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IReadOnlyCollection<string> items) => JsonSerializer.Serialize(items, Plain);

    public static string? WriteOrNull(IReadOnlyCollection<string> items) => items.Count == 0 ? null : Write(items);

    public static IReadOnlyList<string> Read(string? text) => text is null ? [] : JsonSerializer.Deserialize<string[]>(text, Plain)!;
}
