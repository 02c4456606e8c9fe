using System.Buffers;
using CogCommit.Core.Store;

namespace CogCommit.Core.Export;

/// <summary>
/// The way into an export's file, whose blocks another thread writes while the next is made. Errors are told to the user, the first of them again and again:
/// behind a hole nothing may be written. That of a block is thrown by whoever passes on the next, at the latest by <see cref="Flush"/>.
/// </summary>
/// <param name="file">Its own from now on.</param>
/// <param name="tell">What the user is told of a refusal.</param>
internal sealed class ExportStream(Stream file, Func<Exception, CogCommitException> tell) : Stream
{
    /// <summary>At least.</summary>
    internal const int BlockBytes = 1 << 17;

    private byte[] _made = ArrayPool<byte>.Shared.Rent(BlockBytes);
    private byte[] _written = ArrayPool<byte>.Shared.Rent(BlockBytes);
    private int _bytes;
    private Task _writing = Task.CompletedTask;
    private CogCommitException? _failed;
    private bool _disposed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => !_disposed;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        while (!buffer.IsEmpty)
        {
            if (_bytes == _made.Length)
            {
                Pass();
            }

            var some = buffer[..Math.Min(buffer.Length, _made.Length - _bytes)];
            some.CopyTo(_made.AsSpan(_bytes));
            _bytes += some.Length;
            buffer = buffer[some.Length..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>All is the system's.</summary>
    public override void Flush()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Pass();
        Wait();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>What was not flushed is not written.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            Task.WaitAny(_writing);
            // Its error, if any, is nobody's any more: what was not flushed is no export.
            _ = _writing.Exception;
            file.Dispose();
            ArrayPool<byte>.Shared.Return(_made);
            ArrayPool<byte>.Shared.Return(_written);
        }

        base.Dispose(disposing);
    }

    private void Pass()
    {
        Wait();
        if (_bytes > 0)
        {
            (_made, _written) = (_written, _made);
            var (block, bytes) = (_written, _bytes);
            _bytes = 0;
            _writing = Task.Run(() => file.Write(block, 0, bytes));
        }
    }

    private void Wait()
    {
        if (_failed is not null)
        {
            throw _failed;
        }

        try
        {
            _writing.GetAwaiter().GetResult();
        }
        catch (Exception error) when (FileErrors.IsRefusal(error))
        {
            _failed = tell(error);
            throw _failed;
        }
    }
}
