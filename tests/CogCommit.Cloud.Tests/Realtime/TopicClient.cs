using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace CogCommit.Cloud.Tests.Realtime;

/// <summary>A client of Realtime that says and shows each frame, in both versions of the wire. None of the product's code is in it.</summary>
internal sealed class TopicClient : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly bool _isSecond;
    private int _reference;

    private TopicClient(bool isSecond)
    {
        _isSecond = isSecond;
        _socket.Options.CollectHttpResponseDetails = true;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>How the server closed the connection.</summary>
    public WebSocketCloseStatus? Closed => _socket.CloseStatus;

    public static async Task<TopicClient> ConnectAsync(Uri cloud, string key, string version = "1.0.0")
    {
        var client = new TopicClient(version == "2.0.0");
        await client._socket.ConnectAsync(new Uri($"ws://{cloud.Authority}/realtime/v1/websocket?apikey={key}&vsn={version}"), Cancel);
        return client;
    }

    /// <summary>The status that a connection is refused with.</summary>
    public static async Task<int> RefusedAsync(Uri cloud, string pathAndQuery, string? host = null)
    {
        using var client = new TopicClient(false);
        if (host is not null)
        {
            client._socket.Options.SetRequestHeader("Host", host);
        }

        await Assert.ThrowsAsync<WebSocketException>(() => client._socket.ConnectAsync(new Uri($"ws://{cloud.Authority}{pathAndQuery}"), Cancel));
        return (int)client._socket.HttpStatusCode;
    }

    public static string TopicOf(Guid user) => "realtime:user:" + user.ToString("D");

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public Task SendAsync(byte[] bytes, WebSocketMessageType type) => _socket.SendAsync(bytes, type, endOfMessage: true, Cancel);

    /// <summary>Sends a message; gives its reference.</summary>
    public async Task<string> SayAsync(string topic, string name, JsonNode payload)
    {
        var reference = (++_reference).ToString(CultureInfo.InvariantCulture);
        JsonNode frame = _isSecond
            ? new JsonArray(reference, reference, topic, name, payload)
            : new JsonObject { ["topic"] = topic, ["event"] = name, ["payload"] = payload, ["ref"] = reference };
        await SendAsync(frame.ToJsonString());
        return reference;
    }

    /// <summary>Sends a message; the very next frame must answer it.</summary>
    public async Task<JsonNode> AskAsync(string topic, string name, JsonNode payload)
    {
        var reference = await SayAsync(topic, name, payload);
        var answer = await NextAsync();
        Assert.Equal(("phx_reply", reference), ((string?)answer["event"], (string?)answer["ref"]));
        return answer["payload"]!;
    }

    /// <summary>Joins a private topic: null, or why not.</summary>
    public async Task<string?> JoinAsync(string topic, string? token)
    {
        var answer = await AskAsync(topic, "phx_join", Config(token));
        return (string?)answer["status"] == "ok" ? null : (string?)answer["response"]!["reason"];
    }

    public static JsonObject Config(string? token, JsonNode? isPrivate = null)
    {
        var payload = new JsonObject
        {
            ["config"] = new JsonObject { ["broadcast"] = new JsonObject { ["ack"] = false, ["self"] = false }, ["presence"] = new JsonObject { ["enabled"] = false }, ["private"] = isPrivate ?? true },
        };
        if (token is not null)
        {
            payload["access_token"] = token;
        }

        return payload;
    }

    public async Task BeatAsync() => Assert.Equal("ok", (string?)(await AskAsync("phoenix", "heartbeat", new JsonObject()))["status"]);

    /// <summary>The next message, both versions in the form of the first.</summary>
    public async Task<JsonNode> NextAsync() => await TryNextAsync() ?? throw new InvalidOperationException($"The server closed the connection: {Closed}.");

    /// <returns>Null where the server closes the connection.</returns>
    public async Task<JsonNode?> TryNextAsync()
    {
        var buffer = new byte[1_000_000];
        var length = 0;
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(new ArraySegment<byte>(buffer, length, buffer.Length - length), Cancel);
            length += part.Count;
        }
        while (!part.EndOfMessage);
        return part.MessageType switch
        {
            WebSocketMessageType.Close => null,
            WebSocketMessageType.Binary => Binary(buffer.AsSpan(0, length)),
            _ when _isSecond => First(JsonNode.Parse(buffer.AsSpan(0, length))!.AsArray()),
            _ => JsonNode.Parse(buffer.AsSpan(0, length))!,
        };
    }

    public void Dispose() => _socket.Dispose();

    private static JsonObject First(JsonArray parts) => new()
    {
        ["join_ref"] = parts[0]?.DeepClone(),
        ["ref"] = parts[1]?.DeepClone(),
        ["topic"] = parts[2]!.DeepClone(),
        ["event"] = parts[3]!.DeepClone(),
        ["payload"] = parts[4]!.DeepClone(),
    };

    /// <summary>supabase.com/docs/guides/realtime/protocol, USER_BROADCAST.</summary>
    private static JsonObject Binary(ReadOnlySpan<byte> bytes)
    {
        Assert.Equal(4, bytes[0]);
        Assert.Equal(1, bytes[4]);
        var topic = bytes.Slice(5, bytes[1]);
        var name = bytes.Slice(5 + bytes[1], bytes[2]);
        var meta = bytes.Slice(5 + bytes[1] + bytes[2], bytes[3]);
        return new JsonObject
        {
            ["topic"] = Encoding.UTF8.GetString(topic),
            ["event"] = "broadcast",
            ["payload"] = new JsonObject
            {
                ["type"] = "broadcast",
                ["event"] = Encoding.UTF8.GetString(name),
                ["payload"] = JsonNode.Parse(bytes[(5 + bytes[1] + bytes[2] + bytes[3])..]),
                ["meta"] = JsonNode.Parse(meta),
            },
        };
    }
}
