using System.Buffers;
using CogCommit.Core.Store;

namespace CogCommit.Core.Export;

/// <summary>
/// A new file, whose blocks another thread writes while the next is made. Its errors are told to the user, the first of them again and again: behind a hole
/// nothing may be written. That of a block is thrown by whoever writes after it, at the latest by <see cref="Flush"/>.
/// </summary>
internal sealed class ExportStream(string path, Func<Exception, CogCommitException> tell) : Stream
{
    private const int BlockBytes = 1 << 17;

    private readonly FileStream _file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
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
            // Its error, if any, is nobody's any more: what was not flushed is no export.
            Task.WaitAny(_writing);
            _file.Dispose();
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
            _writing = Task.Run(() => _file.Write(block, 0, bytes));
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
