using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CogCommit.Core.Cloud.Auth;

/// <summary>
/// Waits for the browser at <c>http://127.0.0.1:&lt;port&gt;/&lt;random path&gt;</c>. A few lines of HTTP of our own: PowerShell carries
/// no web server.
/// </summary>
internal sealed class LoopbackListener : IDisposable
{
    private const int LongestHead = 16 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TimeProvider _clock;

    public LoopbackListener(TimeProvider clock)
    {
        _clock = clock;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/{Pkce.RandomText(16)}");
    }

    public Uri Address { get; }

    /// <summary>Answers every browser's connection until one brings the redirect.</summary>
    public async Task<Redirect> WaitAsync(CancellationToken cancellationToken)
    {
        var found = new TaskCompletionSource<Redirect>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var cancelled = cancellationToken.Register(() => found.TrySetCanceled(cancellationToken));
        var accepting = AcceptAsync(found, stop.Token);
        try
        {
            return await found.Task.ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await accepting.ConfigureAwait(false);
        }
    }

    public void Dispose() => _listener.Dispose();

    // Browsers open connections in advance and send nothing on them, so each is served on its own.
    private async Task AcceptAsync(TaskCompletionSource<Redirect> found, CancellationToken stop)
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var connection = await _listener.AcceptTcpClientAsync(stop).ConfigureAwait(false);
                serving.RemoveAll(task => task.IsCompleted);
                serving.Add(ServeAsync(connection, found, stop));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Task.WhenAll(serving).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            found.TrySetException(e);
        }
    }

    private async Task ServeAsync(TcpClient connection, TaskCompletionSource<Redirect> found, CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(Patience, _clock);
        using var until = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        using (connection)
        {
            try
            {
                var stream = connection.GetStream();
                var target = await ReadTargetAsync(stream, until.Token).ConfigureAwait(false);
                var redirect = target is null ? null : Redirect.Read(Address, target);
                await stream.WriteAsync(Page(redirect), until.Token).ConfigureAwait(false);
                await stream.FlushAsync(until.Token).ConfigureAwait(false);
                connection.Client.Shutdown(SocketShutdown.Send);
                if (redirect is not null)
                {
                    found.TrySetResult(redirect);
                }
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // A connection that broke or said nothing is no answer; the next one may be.
            }
        }
    }

    /// <returns>What a GET asks for, or null for anything else.</returns>
    private static async Task<string?> ReadTargetAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var head = new byte[LongestHead];
        var length = 0;
        while (head.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
        {
            var read = length == head.Length ? 0 : await stream.ReadAsync(head.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return null;
            }

            length += read;
        }

        var words = Encoding.ASCII.GetString(head, 0, head.AsSpan(0, length).IndexOf("\r\n"u8)).Split(' ');
        return words is ["GET", var target, var version] && version.StartsWith("HTTP/1.", StringComparison.Ordinal) ? target : null;
    }

    private static byte[] Page(Redirect? redirect)
    {
        var (status, title, text) = redirect switch
        {
            null => ("404 Not Found", "Not found", "Nothing is here."),
            { Code: not null } => ("200 OK", "Signed in", "You may close this page and go back to PowerShell."),
            _ => ("200 OK", "Not signed in", "The sign-in was refused. PowerShell says why."),
        };
        var body = $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>CogCommit</title><body style=\"font:16px system-ui;margin:15vh auto;max-width:30rem\"><h1>{title}</h1><p>{text}</p>";
        return Encoding.UTF8.GetBytes(
            $"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nConnection: close\r\n\r\n{body}");
    }
}
