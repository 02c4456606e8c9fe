using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Store;

/// <summary>What the upgrade's SQL cannot say: how a value of the original reads in our form. None of them fails, whatever the value.</summary>
internal static class OriginalFunctions
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };
    private static readonly JsonSerializerOptions Plain = new(JsonText.Plain) { MaxDepth = 1000 };

    public static void AddTo(SqliteConnection connection)
    {
        connection.CreateFunction<string?, string?>("our_time", Time, isDeterministic: true);
        // As bytes, since a text handed to a function ends at its first U+0000.
        connection.CreateFunction<byte[]?, string?>("our_text", text => Text(text)?.Replace('\0', '\uFFFD'), isDeterministic: true);
        connection.CreateFunction<string?, string>("our_list", text => JsonText.WriteList(JsonText.ReadList(text).Select(item => item.Replace('\0', '\uFFFD'))), isDeterministic: true);
        connection.CreateFunction<byte[]?, string?>("our_calls", text => Calls(Text(text)), isDeterministic: true);
        connection.CreateFunction<string?, string?, string>("our_title", (prompt, answer) => CommitTitle.Of(prompt, null, answer), isDeterministic: true);
        connection.CreateFunction<string?, string?, string>("our_id", (kind, name) => Ids.V5(Ids.Namespace, $"original {kind}\n{name}"), isDeterministic: true);
    }

    private static string? Text(byte[]? utf8) => utf8 is null ? null : Encoding.UTF8.GetString(utf8);

    private static string? Time(string? text) => Timestamps.TryParse(text, out var time) ? Timestamps.ToText(time) : null;

    /// <summary>An array stays one. What is none becomes the result of one call, so that its text is kept and found.</summary>
    private static string? Calls(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(text, documentOptions: Deep) switch
            {
                null => null,
                JsonArray { Count: 0 } => null,
                JsonArray array => Storable(array.ToJsonString(Plain)),
                JsonObject call => Storable(new JsonArray(call).ToJsonString(Plain)),
                // Encoded twice.
                JsonValue value when value.TryGetValue<string>(out var inner) && inner != text => Calls(inner),
                _ => Unreadable(text),
            };
        }
        catch (Exception error) when (error is JsonException or ArgumentException or InvalidOperationException)
        {
            return Unreadable(text);
        }
    }

    private static string Unreadable(string text) => Storable(new JsonArray(new JsonObject
    {
        ["id"] = null, ["name"] = "unknown", ["input"] = new JsonObject(), ["result"] = text, ["isError"] = false,
    }).ToJsonString(Plain));

    /// <summary>PostgreSQL's jsonb cannot hold U+0000. Its escape is preceded by an even number of backslashes, or it is none.</summary>
    private static string Storable(string json)
    {
        for (var at = json.IndexOf(@"\u0000", StringComparison.Ordinal); at >= 0; at = json.IndexOf(@"\u0000", at + 6, StringComparison.Ordinal))
        {
            var before = at;
            while (before > 0 && json[before - 1] == '\\')
            {
                before--;
            }

            if ((at - before) % 2 == 0)
            {
                json = string.Concat(json.AsSpan(0, at), @"\uFFFD", json.AsSpan(at + 6));
            }
        }

        return json;
    }
}
