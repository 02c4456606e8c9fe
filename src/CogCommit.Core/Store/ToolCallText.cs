using System.Text.Json;

namespace CogCommit.Core.Store;

/// <summary>The column tool_calls: <c>[{id, name, input, result, isError}]</c>.</summary>
internal static class ToolCallText
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1024 };

    /// <summary>The calls; what cannot be read is left out, since rows of the original may hold anything.</summary>
    public static ToolCallList Read(string? json)
    {
        if (string.IsNullOrEmpty(json))
        {
            return ToolCallList.Empty;
        }

        try
        {
            using var document = JsonDocument.Parse(json, Deep);
            return document.RootElement.ValueKind == JsonValueKind.Array
                ? new ToolCallList(document.RootElement.EnumerateArray().Where(call => call.ValueKind == JsonValueKind.Object).Select(Of).ToList())
                : ToolCallList.Empty;
        }
        catch (JsonException)
        {
            return ToolCallList.Empty;
        }
    }

    private static ToolCall Of(JsonElement call) => new()
    {
        ToolUseId = Text(call, "id"),
        Name = Text(call, "name") ?? "",
        Input = call.TryGetProperty("input", out var input) ? input.GetRawText() : "{}",
        Result = call.TryGetProperty("result", out var result) ? ResultText(result) : null,
        IsError = call.TryGetProperty("isError", out var error) && error.ValueKind == JsonValueKind.True,
    };

    private static string? ResultText(JsonElement result) => result.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => result.GetString(),
        JsonValueKind.Array when result.EnumerateArray().All(block => block.ValueKind == JsonValueKind.Object && block.TryGetProperty("text", out _)) =>
            string.Join('\n', result.EnumerateArray().Select(block => Text(block, "text"))),
        _ => result.GetRawText(),
    };

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
