using System.Net;

namespace CogCommit.Cloud.Tests.Wire;

/// <summary>The connection that a websocket's request became, as the client is to have it.</summary>
internal sealed class SocketContent(Stream socket) : HttpContent
{
    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult(socket);

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => socket;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => throw new NotSupportedException("A websocket has no end.");

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
