using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CogCommit.Testing;

namespace CogCommit.Cloud.Tests.Network;

/// <summary>
/// Stands on 127.0.0.1 before the real local cloud, and passes each request on, unless the test says what shall happen to it instead.
/// </summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    private static readonly string[] OfOneHop = ["Host", "Connection", "Content-Length", "Transfer-Encoding", "Keep-Alive", "Expect"];

    private readonly HttpClient _cloud;
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _began;
    private readonly X509Certificate2? _certificate;
    private readonly Lock _lock = new();
    private readonly List<ProxiedRequest> _requests = [];
    private readonly List<ProxiedAnswer> _grants = [];
    private readonly List<Exception> _troubles = [];
    private TcpListener _listener = new(IPAddress.Loopback, 0);
    private CancellationTokenSource _stop = new();
    private Task _serving;
    private int _connections;
    private int _faults;

    /// <param name="cloud">Where requests are passed on to.</param>
    /// <param name="clock">The test's.</param>
    /// <param name="certificate">With one it is an https server.</param>
    public FaultyProxy(Uri cloud, TimeProvider clock, X509Certificate2? certificate = null)
    {
        _cloud = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = cloud };
        (_clock, _certificate, _began) = (clock, certificate, clock.GetUtcNow());
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _serving = AcceptAsync();
    }

    public int Port { get; }

    public Uri Url => new($"{(_certificate is null ? "http" : "https")}://127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>What happens to a request; null: it is passed on.</summary>
    public Func<ProxiedRequest, Fault?> Script { get; set; } = _ => null;

    /// <summary>Changes what is passed on, as a body.</summary>
    public Func<string, string> Rewrite { get; set; } = text => text;

    /// <summary>Instead of an answer to a new connection there is a reset.</summary>
    public Func<int, bool> RefuseConnection { get; set; } = _ => false;

    public IReadOnlyList<ProxiedRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>The cloud's answers to whoever asked for tokens, whether they arrived or not.</summary>
    public IReadOnlyList<ProxiedAnswer> Grants
    {
        get
        {
            lock (_lock)
            {
                return [.. _grants];
            }
        }
    }

    public int Connections => Volatile.Read(ref _connections);

    public int Faults => Volatile.Read(ref _faults);

    /// <summary>From here on everything goes through again, and counting begins anew.</summary>
    public void Heal()
    {
        Script = _ => null;
        RefuseConnection = _ => false;
        Forget();
    }

    public void Forget()
    {
        lock (_lock)
        {
            _requests.Clear();
        }
    }

    /// <summary>Nobody listens here any more, and who was connected is cut off.</summary>
    public async Task CloseAsync()
    {
        await EndAsync();
        Interlocked.Increment(ref _faults);
    }

    /// <summary>Listens again, where it did before.</summary>
    public void Open()
    {
        _stop.Dispose();
        _stop = new CancellationTokenSource();
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _serving = AcceptAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _cloud.Dispose();
        _stop.Dispose();
        if (Faults > 0)
        {
            Figures.Record("faults injected", Faults);
        }

        // What went wrong in the proxy itself would look like a fault that nobody asked for.
        Assert.Empty(_troubles);
    }

    /// <summary>The listener last: one that is accepting must not be told that it never listened.</summary>
    private async Task EndAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                serving.RemoveAll(task => task.IsCompleted);
                serving.Add(ServeAsync(socket, Interlocked.Increment(ref _connections)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket socket, int connection)
    {
        using (socket)
        {
            try
            {
                if (RefuseConnection(connection))
                {
                    Interlocked.Increment(ref _faults);
                    socket.LingerState = new LingerOption(true, 0);
                    return;
                }

                socket.NoDelay = true;
                await using var wire = await OpenAsync(socket);
                while (await ReadAsync(wire) is { } request)
                {
                    var exchange = new Exchange(request, wire, socket, ForwardAsync, _stop.Token);
                    if (Script(request) is { } fault)
                    {
                        Interlocked.Increment(ref _faults);
                        await fault.ActAsync(exchange);
                    }
                    else
                    {
                        await exchange.WriteAsync(await ForwardAsync(request));
                    }

                    if (exchange.Ended)
                    {
                        return;
                    }
                }
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException or AuthenticationException)
            {
                // The client left, which a client may.
            }
            catch (Exception e)
            {
                lock (_lock)
                {
                    _troubles.Add(e);
                }
            }
        }
    }

    private async Task<Stream> OpenAsync(Socket socket)
    {
        var wire = new NetworkStream(socket, ownsSocket: false);
        if (_certificate is null)
        {
            return wire;
        }

        var secure = new SslStream(wire);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
        return secure;
    }

    /// <returns>Null at the connection's end.</returns>
    private async Task<ProxiedRequest?> ReadAsync(Stream wire)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (head.Count < 4 || !head.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            if (await wire.ReadAsync(one, _stop.Token) == 0)
            {
                return null;
            }

            head.Add(one[0]);
        }

        var lines = Encoding.UTF8.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var words = lines[0].Split(' ');
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).Select(pair => KeyValuePair.Create(pair[0], pair.ElementAtOrDefault(1) ?? "")).ToList();
        var length = headers.FirstOrDefault(header => header.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)).Value;
        var body = new byte[length is null ? 0 : int.Parse(length, CultureInfo.InvariantCulture)];
        await wire.ReadExactlyAsync(body, _stop.Token);
        lock (_lock)
        {
            var request = new ProxiedRequest(_requests.Count + 1, words[0], words[1], headers, body, _clock.GetUtcNow() - _began);
            _requests.Add(request);
            return request;
        }
    }

    private async Task<ProxiedAnswer> ForwardAsync(ProxiedRequest request)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), request.Target);
        // A picture is no text.
        var isText = request.Header("Content-Type")?.StartsWith("application/json", StringComparison.Ordinal) == true;
        message.Content = new ByteArrayContent(isText ? Encoding.UTF8.GetBytes(Rewrite(request.Text)) : request.Body);
        foreach (var (name, value) in request.Headers.Where(header => !OfOneHop.Contains(header.Key, StringComparer.OrdinalIgnoreCase)))
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var answer = await _cloud.SendAsync(message, _stop.Token);
        var proxied = new ProxiedAnswer(
            (int)answer.StatusCode,
            [
                .. answer.Headers.Concat(answer.Content.Headers)
                    .Where(header => !OfOneHop.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
                    .Select(header => KeyValuePair.Create(header.Key, string.Join(", ", header.Value))),
            ],
            await answer.Content.ReadAsByteArrayAsync(_stop.Token));
        if (request.IsGrant)
        {
            lock (_lock)
            {
                _grants.Add(proxied);
            }
        }

        return proxied;
    }
}
