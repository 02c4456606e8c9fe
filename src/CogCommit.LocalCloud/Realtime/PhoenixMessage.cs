using System.Text.Json.Nodes;

namespace CogCommit.LocalCloud.Realtime;

/// <summary>A message of Phoenix channels, whichever of the two ways it was written.</summary>
internal sealed record PhoenixMessage(string? JoinRef, string? Ref, string Topic, string Event, JsonObject Payload)
{
    /// <summary>The answer to this one.</summary>
    public PhoenixMessage Reply(string status, JsonObject? response = null) =>
        new(JoinRef, Ref, Topic, "phx_reply", new JsonObject { ["status"] = status, ["response"] = response ?? [] });

    public PhoenixMessage Refusal(string reason) => Reply("error", new JsonObject { ["reason"] = reason });

    /// <summary>A value of the payload, behind these names; null where there is none.</summary>
    public JsonNode? At(params ReadOnlySpan<string> names)
    {
        JsonNode? node = Payload;
        foreach (var name in names)
        {
            node = (node as JsonObject)?[name];
        }

        return node;
    }

    public string? Text(params ReadOnlySpan<string> names)
    {
        try
        {
            return At(names) is JsonValue value && value.TryGetValue(out string? text) ? text : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair is JSON, but no text.
            return null;
        }
    }

    /// <summary>Supabase takes the word for the value.</summary>
    public bool IsTrue(params ReadOnlySpan<string> names) =>
        (At(names) is JsonValue value && value.TryGetValue(out bool flag) && flag) || Text(names) == "true";
}
