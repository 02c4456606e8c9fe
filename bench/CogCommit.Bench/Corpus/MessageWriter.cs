using System.Text.Json;

namespace CogCommit.Bench.Corpus;

/// <summary>One message of the agent, written as the agent does: a record for each of its parts, all with the message's id.</summary>
internal sealed class MessageWriter(RecordWriter records, string id, int outputTokens, Func<string> uuid, Func<DateTimeOffset> next)
{
    public void Text(string text) => Part(json =>
    {
        json.WriteString("type", "text");
        json.WriteString("text", text);
    });

    public void Thought(string text, string signature) => Part(json =>
    {
        json.WriteString("type", "thinking");
        json.WriteString("thinking", text);
        json.WriteString("signature", signature);
    });

    /// <param name="input">A JSON object.</param>
    public void Call(string call, string tool, string input) => Part(json =>
    {
        json.WriteString("type", "tool_use");
        json.WriteString("id", call);
        json.WriteString("name", tool);
        json.WritePropertyName("input");
        json.WriteRawValue(input);
        json.WriteStartObject("caller");
        json.WriteString("type", "direct");
        json.WriteEndObject();
    });

    private void Part(Action<Utf8JsonWriter> part) => records.Assistant(uuid(), next(), id, outputTokens, part);
}
