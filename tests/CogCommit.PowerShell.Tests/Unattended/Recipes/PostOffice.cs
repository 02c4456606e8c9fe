using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CogCommit.PowerShell.Tests.Unattended.Recipes;

/// <summary>Speaks as much SMTP as a client needs to hand over a mail, and keeps what it gets.</summary>
internal sealed class PostOffice : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<string> _mails = [];

    public PostOffice()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = ServeAsync();
    }

    public int Port { get; }

    /// <summary>A mail is here before its sender hears that it was taken.</summary>
    public IReadOnlyList<string> Mails
    {
        get
        {
            lock (_mails)
            {
                return [.. _mails];
            }
        }
    }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await TakeAsync(client.GetStream());
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over, or a sender left.
        }
    }

    private async Task TakeAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\r\n" };
        await writer.WriteLineAsync("220 here");
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
            {
                await writer.WriteLineAsync("354 go on");
                var mail = new StringBuilder();
                while (await reader.ReadLineAsync() is { } text && text != ".")
                {
                    mail.Append(text).Append('\n');
                }
                lock (_mails)
                {
                    _mails.Add(mail.ToString());
                }
            }
            var leaving = line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase);
            await writer.WriteLineAsync(leaving ? "221 goodbye" : "250 good");
            if (leaving)
            {
                return;
            }
        }
    }
}
