using System.Text;
using System.Text.Json;

namespace CogCommit.Cloud.Tests.Model;

/// <summary>
/// JSON in a form in which equal means the same: members by name, numbers as they are written, and lists whose order says nothing sorted.
/// </summary>
internal static class Canonical
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 2_000 };

    public static string Of(string json)
    {
        using var document = JsonDocument.Parse(json, Deep);
        return Of(document.RootElement);
    }

    public static string Of(JsonElement json)
    {
        var text = new StringBuilder();
        Write(text, json, isSet: false, depth: 0);
        return text.ToString();
    }

    private static void Write(StringBuilder to, JsonElement json, bool isSet, int depth)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                to.Append('{');
                foreach (var member in json.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    to.Append('\n', depth < 3 ? 1 : 0).Append(JsonSerializer.Serialize(member.Name)).Append(": ");
                    Write(to, member.Value, IsSet(json, member.Name), depth + 1);
                    to.Append(", ");
                }

                to.Append('}');
                break;
            case JsonValueKind.Array:
                var items = json.EnumerateArray().Select(item =>
                {
                    var text = new StringBuilder();
                    Write(text, item, isSet: false, depth + 1);
                    return text.ToString();
                });
                to.Append('[').AppendJoin(depth < 3 ? ",\n" : ", ", isSet ? items.Order(StringComparer.Ordinal) : items).Append(']');
                break;
            case JsonValueKind.String:
                to.Append(JsonSerializer.Serialize(json.GetString()));
                break;
            default:
                to.Append(json.GetRawText());
                break;
        }
    }

    // The rows of a page and of `cloud` come in any order. Those of `results` stand as they were sent, those of a digest by id.
    private static bool IsSet(JsonElement parent, string name) =>
        name is "commits" or "sessions" or "turns" or "visuals" or "projects" or "machines" or "pushes"
        && parent.GetProperty(name) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0
        && list[0] is { ValueKind: JsonValueKind.Object } first && !first.TryGetProperty("status", out _) && !first.TryGetProperty("digest", out _)
        && !first.TryGetProperty("reason", out _);
}
