using System.Text.Json;
using CogCommit.Core.Rows;

namespace CogCommit.Core.Export.Formats;

/// <summary>A tool call as people read it.</summary>
/// <param name="Name">The tool.</param>
/// <param name="Brief">What it was about, on one short line; empty when nothing says so. The whole input stands in <paramref name="Input"/>.</param>
/// <param name="Input">The members of the input, in their order.</param>
/// <param name="Result">The whole result, or null.</param>
/// <param name="IsError">The tool said so.</param>
internal sealed record ToolCallView(string Name, string Brief, IReadOnlyList<ToolInputMember> Input, string? Result, bool IsError)
{
    private const int BriefLength = 100;

    // The members that say what a call was about, the most telling first.
    private static readonly string[] Telling = ["command", "file_path", "notebook_path", "path", "pattern", "url", "query", "description", "subject", "prompt"];

    public static IReadOnlyList<ToolCallView> All(string? toolCalls)
    {
        if (string.IsNullOrEmpty(toolCalls))
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(toolCalls, new JsonDocumentOptions { MaxDepth = FieldWriter.MaxDepth });
            return document.RootElement.ValueKind == JsonValueKind.Array
                ? document.RootElement.EnumerateArray().Select(One).ToList()
                : [Unknown(toolCalls)];
        }
        catch (JsonException)
        {
            return [Unknown(toolCalls)];
        }
    }

    private static ToolCallView One(JsonElement call)
    {
        if (call.ValueKind != JsonValueKind.Object)
        {
            return Unknown(call.GetRawText());
        }

        var name = call.TryGetProperty("name", out var tool) && tool.ValueKind == JsonValueKind.String ? tool.GetString()! : "tool";
        var input = call.TryGetProperty("input", out var given) ? Members(given) : [];
        var result = call.TryGetProperty("result", out var came) && came.ValueKind != JsonValueKind.Null ? TextOf(came) : null;
        var isError = call.TryGetProperty("isError", out var error) && error.ValueKind == JsonValueKind.True;
        return new ToolCallView(name, BriefOf(input), input, result, isError);
    }

    private static ToolCallView Unknown(string text) => new("tool", "", [new ToolInputMember("", text)], null, false);

    private static List<ToolInputMember> Members(JsonElement input) => input.ValueKind switch
    {
        JsonValueKind.Object => input.EnumerateObject().Select(member => new ToolInputMember(member.Name, TextOf(member.Value))).ToList(),
        JsonValueKind.Null or JsonValueKind.Undefined => [],
        _ => [new ToolInputMember("", TextOf(input))],
    };

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static string BriefOf(List<ToolInputMember> input)
    {
        var telling = Telling.Select(name => input.Find(member => member.Name == name)).FirstOrDefault(member => member is not null);
        if (telling is null)
        {
            return "";
        }

        var line = telling.Text.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        var first = (end < 0 ? line : line[..end]).ToString();
        return Titles.Shorten(first, BriefLength, more: end >= 0);
    }
}
