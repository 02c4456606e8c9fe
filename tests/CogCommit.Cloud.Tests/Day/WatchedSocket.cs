using System.Buffers.Binary;
using System.Text;
using CogCommit.Cloud.Tests.Wire;

namespace CogCommit.Cloud.Tests.Day;

/// <summary>The bytes of a websocket, by which one sees whether what was asked is answered. They go through unchanged.</summary>
/// <param name="inner">The connection.</param>
/// <param name="clock">Its machine's.</param>
/// <param name="tokenSent">Hears of a new token on a channel that goes on.</param>
/// <param name="ended">Hears that nothing comes any more.</param>
internal sealed class WatchedSocket(Stream inner, MachineClock clock, Action tokenSent, Action<WatchedSocket> ended) : ConnectionStream(inner)
{
    private readonly Lock _gate = new();
    private long _waitsBefore;
    private string _tail = "";
    private int _unanswered;
    private bool _isRead;
    private bool _isOver;

    /// <summary>What was asked is not answered yet; or what came is not handed on, or not heard; or it is time for something that is not done yet.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_gate)
            {
                return !_isOver && (_unanswered > 0 || !_isRead || clock.LineWaits <= _waitsBefore || !clock.IsLineWaiting);
            }
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            // Whoever reads on has handed on what came before.
            ReadsOn();
            var read = await base.ReadAsync(buffer, cancellationToken);
            Came(buffer.Span[..read]);
            if (read == 0 && buffer.Length > 0)
            {
                End();
            }

            return read;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            End();
            throw;
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Goes(buffer.Span);
        await base.WriteAsync(buffer, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            End();
        }

        base.Dispose(disposing);
    }

    private void ReadsOn()
    {
        lock (_gate)
        {
            _isRead = true;
        }
    }

    private void Goes(ReadOnlySpan<byte> frame)
    {
        var text = Unmasked(frame);
        lock (_gate)
        {
            if (text.Contains("\"heartbeat\"", StringComparison.Ordinal) || text.Contains("\"phx_join\"", StringComparison.Ordinal))
            {
                _unanswered++;
            }
            else if (text.Contains("\"event\":\"access_token\"", StringComparison.Ordinal))
            {
                tokenSent();
            }
        }
    }

    private void Came(ReadOnlySpan<byte> bytes)
    {
        const string Reply = "\"phx_reply\"";
        lock (_gate)
        {
            _isRead = bytes.IsEmpty;
            var text = _tail + Encoding.Latin1.GetString(bytes);
            for (int at; (at = text.IndexOf(Reply, StringComparison.Ordinal)) >= 0; text = text[(at + Reply.Length)..])
            {
                _unanswered--;
                _waitsBefore = clock.LineWaits;
            }

            _tail = text.Length < Reply.Length ? text : text[^(Reply.Length - 1)..];
        }
    }

    private void End()
    {
        lock (_gate)
        {
            if (_isOver)
            {
                return;
            }

            _isOver = true;
        }

        ended(this);
    }

    /// <summary>The text of one frame of a client (RFC 6455, section 5.2), which is written at once.</summary>
    private static string Unmasked(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < 6 || (frame[0] & 0x0f) != 1)
        {
            return "";
        }

        var (length, head) = (frame[1] & 0x7f) switch
        {
            126 => (BinaryPrimitives.ReadUInt16BigEndian(frame[2..]), 4),
            127 => (checked((int)BinaryPrimitives.ReadUInt64BigEndian(frame[2..])), 10),
            var small => (small, 2),
        };
        var mask = frame.Slice(head, 4);
        var text = frame.Slice(head + 4, length).ToArray();
        for (var i = 0; i < text.Length; i++)
        {
            text[i] ^= mask[i % 4];
        }

        return Encoding.UTF8.GetString(text);
    }
}
