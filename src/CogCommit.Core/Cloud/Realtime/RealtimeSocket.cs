using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace CogCommit.Core.Cloud.Realtime;

/// <summary>A websocket to Supabase Realtime. What goes wrong is a <see cref="SocketFault"/>, which names neither token nor key.</summary>
internal sealed class RealtimeSocket : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[PhoenixFrame.MostBytes + 1];

    public RealtimeSocket()
    {
        // The protocol has heartbeats of its own, which ask the server itself and not the gateway before it.
        _socket.Options.KeepAliveInterval = TimeSpan.Zero;
        _socket.Options.CollectHttpResponseDetails = true;
    }

    /// <summary>The address as Supabase wants it: the public key in the query, for a browser could send no header.</summary>
    public static Uri Address(Uri cloud, string anonKey) => new UriBuilder(cloud)
    {
        Scheme = cloud.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs,
        Path = "/realtime/v1/websocket",
        Query = $"apikey={Uri.EscapeDataString(anonKey)}&vsn=1.0.0",
    }.Uri;

    /// <param name="cloud">The cloud's address.</param>
    /// <param name="anonKey">The project's public key.</param>
    /// <param name="invoker">Makes the connection.</param>
    /// <param name="now">Dates a Retry-After.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    public async Task ConnectAsync(Uri cloud, string anonKey, HttpMessageInvoker invoker, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            await _socket.ConnectAsync(Address(cloud, anonKey), invoker, cancellationToken).ConfigureAwait(false);
        }
        catch (WebSocketException e)
        {
            throw SocketFault.OfConnect(_socket.HttpStatusCode, e, RetryAfter(now));
        }
        catch (Exception e) when (e is IOException or SocketException or HttpRequestException)
        {
            throw SocketFault.OfConnect(0, e, null);
        }
    }

    public async Task SendAsync(HiddenText frame, CancellationToken cancellationToken)
    {
        try
        {
            await _socket.SendAsync(Encoding.UTF8.GetBytes(frame.Reveal()), WebSocketMessageType.Text, endOfMessage: true, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or IOException or SocketException)
        {
            throw SocketFault.Broken(e);
        }
    }

    /// <returns>The next text frame that can be read; null is one that cannot.</returns>
    public async Task<PhoenixFrame?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part;
            try
            {
                part = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is WebSocketException or IOException or SocketException)
            {
                throw SocketFault.Broken(e);
            }

            if (part.MessageType == WebSocketMessageType.Close)
            {
                throw SocketFault.Closed();
            }

            length += part.Count;
            if (length > PhoenixFrame.MostBytes)
            {
                throw SocketFault.TooLarge();
            }

            if (part.EndOfMessage)
            {
                return part.MessageType == WebSocketMessageType.Text ? PhoenixFrame.Read(_buffer.AsMemory(0, length)) : null;
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private TimeSpan? RetryAfter(DateTimeOffset now)
    {
        if (_socket.HttpResponseHeaders?.FirstOrDefault(header => header.Key.Equals("Retry-After", StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault() is not { } text
            || !System.Net.Http.Headers.RetryConditionHeaderValue.TryParse(text, out var value))
        {
            return null;
        }

        return value.Delta ?? value.Date - now;
    }
}
