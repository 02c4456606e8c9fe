using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CogCommit.Core.Capture.Fold;
using CogCommit.Core.Rows;

namespace CogCommit.Core.Capture.Memory;

/// <summary>Tool calls and usage as the columns hold them. The input stands in it as JSON, not as text.</summary>
internal static class ToolCallJson
{
    // Inputs are cut to a depth of 256 before they come here (rule 13); they stand two levels deep.
    private const int Depth = 300;
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = Depth };

    public static string? Write(IReadOnlyCollection<ToolCall> calls)
    {
        if (calls.Count == 0)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            json.WriteStartArray();
            foreach (var call in calls)
            {
                json.WriteStartObject();
                json.WriteString("id", call.ToolUseId);
                json.WriteString("name", call.Name);
                json.WritePropertyName("input");
                json.WriteRawValue(call.Input.Length == 0 ? "{}" : call.Input, skipInputValidation: true);
                if (call.Result is { } result)
                {
                    json.WriteString("result", result);
                    json.WriteBoolean("isError", call.IsError);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static List<CallDraft> Read(string? text)
    {
        var calls = new List<CallDraft>();
        if (text is null)
        {
            return calls;
        }

        using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = Depth });
        foreach (var call in json.RootElement.EnumerateArray())
        {
            calls.Add(new CallDraft
            {
                Id = Text(call, "id") ?? "",
                Name = Text(call, "name") ?? "",
                Input = call.TryGetProperty("input", out var input) ? input.GetRawText() : "{}",
                Result = Text(call, "result"),
                IsError = call.TryGetProperty("isError", out var error) && error.ValueKind == JsonValueKind.True,
            });
        }

        return calls;
    }

    public static string? Write(TokenUsage? usage) => usage is null ? null
        : $$"""{"input_tokens":{{usage.InputTokens}},"output_tokens":{{usage.OutputTokens}},"cache_creation_input_tokens":{{usage.CacheCreationInputTokens}},"cache_read_input_tokens":{{usage.CacheReadInputTokens}}}""";

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
