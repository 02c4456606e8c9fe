using System.Text.Json;
using System.Text.Json.Nodes;

namespace CogCommit.Core.Tests.Export;

/// <summary>What a tool that sorts members by name and indents leaves of a document.</summary>
internal static class SortedJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Of(string json) => Sorted(JsonNode.Parse(json))!.ToJsonString(Indented);

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray items => new JsonArray(items.Select(Sorted).ToArray()),
        _ => node?.DeepClone(),
    };
}
