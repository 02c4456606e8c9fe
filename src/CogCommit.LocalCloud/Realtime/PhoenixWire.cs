using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CogCommit.LocalCloud.Realtime;

/// <summary>How messages are written: version 1.0.0 has JSON objects, 2.0.0 JSON arrays and, for broadcasts, binary frames.</summary>
/// <remarks>supabase.com/docs/guides/realtime/protocol.</remarks>
internal sealed class PhoenixWire
{
    private const byte UserBroadcast = 4;

    // A name that stands twice would be found only where it is read.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private static readonly PhoenixWire First = new(isSecond: false);
    private static readonly PhoenixWire Second = new(isSecond: true);

    private readonly bool _isSecond;

    private PhoenixWire(bool isSecond) => _isSecond = isSecond;

    /// <param name="version">The query's vsn; without one it is 1.0.0.</param>
    /// <returns>Null for a version that is not spoken here.</returns>
    public static PhoenixWire? Of(string? version) => version switch
    {
        null or "" or "1.0.0" => First,
        "2.0.0" => Second,
        _ => null,
    };

    /// <returns>Null where it is no message.</returns>
    public PhoenixMessage? Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var node = JsonNode.Parse(utf8, documentOptions: Strict);
            return _isSecond
                ? node is JsonArray { Count: >= 5 } parts ? Message(parts[0], parts[1], parts[2], parts[3], parts[4]) : null
                : node is JsonObject fields ? Message(fields["join_ref"], fields["ref"], fields["topic"], fields["event"], fields["payload"]) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or half a surrogate pair where a text must be.
            return null;
        }
    }

    public (byte[] Bytes, WebSocketMessageType Type) Write(PhoenixMessage message)
    {
        JsonNode node = _isSecond
            ? new JsonArray(message.JoinRef, message.Ref, message.Topic, message.Event, message.Payload.DeepClone())
            : new JsonObject { ["ref"] = message.Ref, ["topic"] = message.Topic, ["event"] = message.Event, ["payload"] = message.Payload.DeepClone() };
        return (Encoding.UTF8.GetBytes(node.ToJsonString()), WebSocketMessageType.Text);
    }

    public (byte[] Bytes, WebSocketMessageType Type) Write(Broadcast broadcast)
    {
        var topic = RealtimeSession.TopicPrefix + broadcast.Topic;
        var meta = new JsonObject { ["id"] = broadcast.Id };
        var (topicBytes, eventBytes, metaBytes) = (Encoding.UTF8.GetBytes(topic), Encoding.UTF8.GetBytes(broadcast.Event), Encoding.UTF8.GetBytes(meta.ToJsonString()));
        if (!_isSecond || topicBytes.Length > 255 || eventBytes.Length > 255)
        {
            return Write(new PhoenixMessage(null, null, topic, "broadcast", new JsonObject
            {
                ["type"] = "broadcast",
                ["event"] = broadcast.Event,
                ["payload"] = JsonNode.Parse(broadcast.Payload),
                ["meta"] = meta,
            }));
        }

        // The 1 before the texts: the payload is JSON.
        byte[] head = [UserBroadcast, (byte)topicBytes.Length, (byte)eventBytes.Length, (byte)metaBytes.Length, 1];
        return ([.. head, .. topicBytes, .. eventBytes, .. metaBytes, .. Encoding.UTF8.GetBytes(broadcast.Payload)], WebSocketMessageType.Binary);
    }

    private static PhoenixMessage? Message(JsonNode? joinRef, JsonNode? reference, JsonNode? topic, JsonNode? name, JsonNode? payload) =>
        Text(topic) is { } to && Text(name) is { } what
            ? new PhoenixMessage(Text(joinRef), Text(reference), to, what, payload as JsonObject ?? [])
            : null;

    private static string? Text(JsonNode? node) => node is JsonValue value && value.GetValueKind() is JsonValueKind.String or JsonValueKind.Number
        ? value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString()
        : null;
}
