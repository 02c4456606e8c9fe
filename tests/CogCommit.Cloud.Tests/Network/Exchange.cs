using System.Net.Sockets;

namespace CogCommit.Cloud.Tests.Network;

/// <summary>One request on its connection, and what can be done with it.</summary>
internal sealed class Exchange(ProxiedRequest request, Stream wire, Socket socket, Func<ProxiedRequest, Task<ProxiedAnswer>> forward, CancellationToken stop)
{
    public ProxiedRequest Request => request;

    /// <summary>The connection serves no further request.</summary>
    public bool Ended { get; private set; }

    /// <summary>Lets the cloud do what was asked.</summary>
    public Task<ProxiedAnswer> ForwardAsync() => forward(request);

    /// <summary>Lets the cloud have the beginning of what was sent, as if the line had broken there.</summary>
    public Task<ProxiedAnswer> ForwardAsync(int bytes) => forward(request with { Body = request.Body[..bytes] });

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        await wire.WriteAsync(bytes, stop);
        await wire.FlushAsync(stop);
    }

    public async Task WriteAsync(ProxiedAnswer answer)
    {
        await WriteAsync(answer.Head());
        await WriteAsync(answer.Body);
    }

    /// <summary>Ends the connection in good manners, whatever was promised.</summary>
    public void End()
    {
        Ended = true;
        socket.Shutdown(SocketShutdown.Send);
    }

    /// <summary>Ends it as a broken line does: the other end gets a reset.</summary>
    public void Reset()
    {
        Ended = true;
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    /// <summary>Waits until the client has given up on this connection.</summary>
    public async Task ClientLeavesAsync()
    {
        Ended = true;
        var nothing = new byte[1];
        try
        {
            Assert.Equal(0, await wire.ReadAsync(nothing, stop));
        }
        catch (IOException)
        {
            // A reset is a way to leave.
        }
    }
}
