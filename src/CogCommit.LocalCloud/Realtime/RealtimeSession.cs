using System.Net.WebSockets;
using System.Threading.Channels;

namespace CogCommit.LocalCloud.Realtime;

/// <summary>One websocket: what it has joined, and what it is to be told.</summary>
internal sealed partial class RealtimeSession : IDisposable
{
    public const string TopicPrefix = "realtime:";

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly WebSocket _socket;
    private readonly PhoenixWire _wire;
    private readonly string _key;
    private readonly RealtimeServices _services;
    private readonly CancellationTokenSource _end;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, RealtimeChannel> _channels = new(StringComparer.Ordinal);
    private readonly Channel<(byte[] Bytes, WebSocketMessageType Type)> _outbox =
        Channel.CreateBounded<(byte[] Bytes, WebSocketMessageType Type)>(RealtimeLimits.Unread);

    /// <param name="socket">The client's. It is not disposed.</param>
    /// <param name="wire">The version it speaks.</param>
    /// <param name="key">The public key, by which a join without a token is judged.</param>
    /// <param name="services">What all sessions share.</param>
    /// <param name="end">The server stops, or the client is gone.</param>
    public RealtimeSession(WebSocket socket, PhoenixWire wire, string key, RealtimeServices services, CancellationToken end)
    {
        (_socket, _wire, _key, _services) = (socket, wire, key, services);
        _end = CancellationTokenSource.CreateLinkedTokenSource(end);
    }

    /// <summary>What is joined just now.</summary>
    public IReadOnlyList<RealtimeChannel> Channels
    {
        get
        {
            lock (_lock)
            {
                return [.. _channels.Values];
            }
        }
    }

    /// <summary>Until the client goes, breaks the rules, or the server stops.</summary>
    public async Task RunAsync()
    {
        var sending = SendAsync();
        var status = WebSocketCloseStatus.NormalClosure;
        try
        {
            status = await ReceiveAsync();
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // Silent for too long, too slow a reader, the server stops, or the client went without a word: a read that is broken off ends the
            // socket, and no frame says why.
        }
        finally
        {
            CloseChannels(null);
            _outbox.Writer.TryComplete();
        }

        // What was said before, a second is enough for.
        _end.CancelAfter(Farewell);
        await sending;
        await CloseAsync(status);
    }

    /// <summary>Says what was sent to a topic, if it is joined here.</summary>
    public void Deliver(Broadcast broadcast)
    {
        lock (_lock)
        {
            if (_channels.ContainsKey(TopicPrefix + broadcast.Topic))
            {
                Say(_wire.Write(broadcast));
            }
        }
    }

    /// <summary>Ends all that is joined, as Supabase does: why, then that it is closed.</summary>
    /// <param name="reason">Null: nobody is there to read it.</param>
    public void CloseChannels(string? reason)
    {
        lock (_lock)
        {
            foreach (var channel in _channels.Values.ToList())
            {
                Close(channel, reason);
            }
        }
    }

    public void Dispose() => _end.Dispose();

    private void Close(RealtimeChannel channel, string? reason)
    {
        channel.Timer.Dispose();
        _channels.Remove(channel.Topic);
        if (reason is not null)
        {
            Say(System(channel, "error", reason));
            Say(new PhoenixMessage(channel.JoinRef, channel.JoinRef, channel.Topic, "phx_close", []));
        }
    }

    private static PhoenixMessage System(RealtimeChannel channel, string status, string message) => new(
        channel.JoinRef,
        null,
        channel.Topic,
        "system",
        new() { ["extension"] = "system", ["status"] = status, ["message"] = message, ["channel"] = channel.Name });

    private void Say(PhoenixMessage message) => Say(_wire.Write(message));

    private void Say((byte[] Bytes, WebSocketMessageType Type) frame)
    {
        if (!_outbox.Writer.TryWrite(frame) && !_end.IsCancellationRequested)
        {
            // It does not read; what it has missed a pull after its next join brings.
            _end.Cancel();
        }
    }

    private async Task SendAsync()
    {
        try
        {
            await foreach (var (bytes, type) in _outbox.Reader.ReadAllAsync(_end.Token))
            {
                await _socket.SendAsync(bytes, type, endOfMessage: true, _end.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            await _end.CancelAsync();
        }
    }

    /// <returns>With what the connection is to be closed.</returns>
    private async Task<WebSocketCloseStatus> ReceiveAsync()
    {
        var buffer = new byte[RealtimeLimits.FrameBytes + 1];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            using (var idle = new CancellationTokenSource(RealtimeLimits.Idle, _services.Clock))
            using (var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, _end.Token))
            {
                do
                {
                    part = await _socket.ReceiveAsync(buffer.AsMemory(length), either.Token);
                    length += part.Count;
                    if (length > RealtimeLimits.FrameBytes)
                    {
                        return WebSocketCloseStatus.MessageTooBig;
                    }
                }
                while (!part.EndOfMessage);
            }

            if (part.MessageType == WebSocketMessageType.Close)
            {
                return WebSocketCloseStatus.NormalClosure;
            }

            // A binary frame is a broadcast that a client sends, which no policy here allows.
            if (part.MessageType == WebSocketMessageType.Text)
            {
                if (_wire.Read(buffer.AsSpan(0, length)) is not { } message)
                {
                    return WebSocketCloseStatus.InvalidPayloadData;
                }

                await HandleAsync(message);
            }
        }
    }

    private async Task CloseAsync(WebSocketCloseStatus status)
    {
        if (_socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
        {
            return;
        }

        using var late = new CancellationTokenSource(Farewell);
        try
        {
            await _socket.CloseOutputAsync(status, null, late.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            _socket.Abort();
        }
    }
}
