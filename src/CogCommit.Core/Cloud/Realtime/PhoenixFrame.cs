using System.Text;
using System.Text.Json;

namespace CogCommit.Core.Cloud.Realtime;

/// <summary>One message of Phoenix channels, version 1.0.0 of its wire: a JSON object in a text frame.</summary>
internal sealed record PhoenixFrame(string Topic, string Event, string? Ref, JsonElement Payload)
{
    /// <summary>The largest frame that is read, in bytes. A nudge has about 300.</summary>
    public const int MostBytes = 64 * 1024;

    private const string Phoenix = "phoenix";

    /// <returns>Null where it is no such message.</returns>
    public static PhoenixFrame? Read(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > MostBytes)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(utf8);
            var root = document.RootElement;
            return TextOf(root, "topic") is { } topic && TextOf(root, "event") is { } name
                ? new PhoenixFrame(topic, name, TextOf(root, "ref"), root.TryGetProperty("payload", out var payload) ? payload.Clone() : default)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string Heartbeat(string reference) => Write(Phoenix, "heartbeat", reference, null, static _ => { });

    public static string Join(string topic, string reference, HiddenText token) => Write(topic, "phx_join", reference, reference, payload =>
    {
        payload.WriteStartObject("config");
        payload.WriteStartObject("broadcast");
        payload.WriteBoolean("ack", false);
        payload.WriteBoolean("self", false);
        payload.WriteBoolean("replication_ready", true);
        payload.WriteEndObject();
        payload.WriteStartObject("presence");
        payload.WriteBoolean("enabled", false);
        payload.WriteEndObject();
        payload.WriteStartArray("postgres_changes");
        payload.WriteEndArray();
        payload.WriteBoolean("private", true);
        payload.WriteEndObject();
        payload.WriteString("access_token", token.Reveal());
    });

    public static string AccessToken(string topic, string reference, string joinReference, HiddenText token) =>
        Write(topic, "access_token", reference, joinReference, payload => payload.WriteString("access_token", token.Reveal()));

    /// <summary>Whether it answers what was sent with this reference.</summary>
    public bool Answers(string? reference) => reference is not null && Event == "phx_reply" && Ref == reference;

    public bool IsHeartbeatAnswer(string? reference) => Topic == Phoenix && Answers(reference);

    /// <summary>A text of the payload, behind these names; null where there is none.</summary>
    public string? Text(params ReadOnlySpan<string> names) => Value(names) is { } value ? TextOf(value) : null;

    public long? Number(params ReadOnlySpan<string> names) =>
        Value(names) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

    private JsonElement? Value(ReadOnlySpan<string> names)
    {
        var value = Payload;
        foreach (var name in names)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
            {
                return null;
            }
        }

        return value;
    }

    private static string? TextOf(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? TextOf(value) : null;

    /// <summary>A reference may be a number too.</summary>
    private static string? TextOf(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Number:
                return value.GetRawText();
            case JsonValueKind.String:
                try
                {
                    return value.GetString();
                }
                catch (InvalidOperationException)
                {
                    // Half a surrogate pair is JSON, but no text.
                    return null;
                }

            default:
                return null;
        }
    }

    private static string Write(string topic, string name, string reference, string? joinReference, Action<Utf8JsonWriter> payload)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("topic", topic);
            json.WriteString("event", name);
            json.WriteStartObject("payload");
            payload(json);
            json.WriteEndObject();
            json.WriteString("ref", reference);
            json.WriteString("join_ref", joinReference);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
