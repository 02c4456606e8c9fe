using System.Net;
using System.Net.Sockets;
using CogCommit.Cloud.Tests.Wire;
using CogCommit.Core.Cloud;

namespace CogCommit.Cloud.Tests.Day;

/// <summary>A machine's network: real connections, counted, that can be cut. While it is cut nothing goes out, and what was open is dead.</summary>
internal sealed class DayWire(MachineClock clock) : DelegatingHandler(CloudAccount.NewHandler())
{
    private readonly Lock _gate = new();
    private readonly List<WatchedSocket> _sockets = [];
    private CancellationTokenSource _cut = new();
    private int _underWay;
    private int _calls;
    private int _renewals;
    private int _joins;

    /// <summary>Requests of push and pull.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Requests for a new access token.</summary>
    public int Renewals => Volatile.Read(ref _renewals);

    /// <summary>Websockets that were opened.</summary>
    public int Websockets => Volatile.Read(ref _joins);

    /// <summary>New tokens that were sent into a channel that went on.</summary>
    public int TokensSent { get; private set; }

    public bool IsCut { get; private set; }

    /// <summary>An answer is under way.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_gate)
            {
                return _underWay > 0 || _sockets.Any(socket => socket.IsBusy);
            }
        }
    }

    public void Cut()
    {
        WatchedSocket[] open;
        CancellationTokenSource cut;
        lock (_gate)
        {
            IsCut = true;
            (open, cut) = ([.. _sockets], _cut);
        }

        cut.Cancel();
        Array.ForEach(open, socket => socket.Dispose());
    }

    public void Mend()
    {
        lock (_gate)
        {
            IsCut = false;
            _cut = new CancellationTokenSource();
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        CancellationToken cut;
        lock (_gate)
        {
            if (IsCut)
            {
                throw Unreachable();
            }

            cut = _cut.Token;
            _underWay++;
        }

        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, cut);
            var answer = await base.SendAsync(request, either.Token);
            if (answer.StatusCode == HttpStatusCode.SwitchingProtocols)
            {
                Interlocked.Increment(ref _joins);
                answer.Content = new SocketContent(Watch(await answer.Content.ReadAsStreamAsync(either.Token)));
                return answer;
            }

            // Read to its end while it counts as under way.
            await answer.Content.LoadIntoBufferAsync(either.Token);
            Interlocked.Increment(ref path.EndsWith("/token", StringComparison.Ordinal) ? ref _renewals : ref _calls);
            return answer;
        }
        catch (OperationCanceledException) when (cut.IsCancellationRequested)
        {
            throw Unreachable();
        }
        finally
        {
            lock (_gate)
            {
                _underWay--;
            }
        }
    }

    private WatchedSocket Watch(Stream stream)
    {
        var socket = new WatchedSocket(stream, clock, () => TokensSent++, Forget);
        lock (_gate)
        {
            _sockets.Add(socket);
        }

        return socket;
    }

    private void Forget(WatchedSocket socket)
    {
        lock (_gate)
        {
            _sockets.Remove(socket);
        }
    }

    private static HttpRequestException Unreachable() =>
        new(HttpRequestError.ConnectionError, "the network is cut", new SocketException((int)SocketError.NetworkUnreachable));
}
