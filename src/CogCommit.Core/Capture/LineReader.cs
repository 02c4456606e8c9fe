using System.Buffers;

namespace CogCommit.Core.Capture;

/// <summary>
/// Reads a file line by line from an offset, in one pooled buffer that is as long as the longest line needs: never the whole file. The
/// file may grow, be renamed or be deleted meanwhile. One reader, one thread.
/// </summary>
internal sealed class LineReader : IDisposable
{
    private const int FirstBufferSize = 64 * 1024;
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private readonly Stream _stream;
    private readonly int _maxLineLength;
    private byte[] _buffer;
    private int _start;
    private int _end;
    private int _lineStart;
    private int _lineLength;

    /// <param name="stream">Stands at <paramref name="offset"/>; disposed with the reader.</param>
    /// <param name="offset">Where the first line begins.</param>
    /// <param name="lines">How many lines lie before it.</param>
    /// <param name="maxLineLength">Lines longer than this many bytes are passed over, so that memory stays bounded.</param>
    public LineReader(Stream stream, long offset = 0, long lines = 0, int maxLineLength = 512 * 1024 * 1024)
    {
        _stream = stream;
        _maxLineLength = maxLineLength;
        _buffer = ArrayPool<byte>.Shared.Rent(FirstBufferSize);
        Offset = offset;
        Number = lines;
    }

    /// <summary>The line without its ending (and without a byte order mark), until the next <see cref="Read"/>. Empty when too long.</summary>
    public ReadOnlySpan<byte> Line => _buffer.AsSpan(_lineStart, _lineLength);

    /// <summary>The line's number in the file, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Where the next line begins: the offset behind this one and its newline.</summary>
    public long Offset { get; private set; }

    /// <summary>False for a last line without a newline: it may still be growing.</summary>
    public bool IsComplete { get; private set; }

    public bool IsTooLong { get; private set; }

    /// <summary>Opens a file that others may write, rename or delete meanwhile.</summary>
    public static LineReader Open(string path, long offset = 0, long lines = 0)
    {
        var stream = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Open,
            Access = FileAccess.Read,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
            Options = FileOptions.SequentialScan,
        });
        try
        {
            stream.Seek(offset, SeekOrigin.Begin);
            return new LineReader(stream, offset, lines);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The next line; false at the end of what the file holds now.</summary>
    public bool Read(CancellationToken cancellation = default)
    {
        var begin = Offset;
        var searched = 0;
        long passedOver = 0;
        IsTooLong = false;
        while (true)
        {
            var newline = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                return Take(begin, passedOver, length: searched + newline, isComplete: true);
            }

            searched = _end - _start;
            if (searched > _maxLineLength)
            {
                passedOver += searched;
                _start = _end = searched = 0;
                IsTooLong = true;
            }

            cancellation.ThrowIfCancellationRequested();
            if (!Fill())
            {
                return searched + passedOver > 0 && Take(begin, passedOver, searched, isComplete: false);
            }
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _start = _end = _lineStart = _lineLength = 0;
    }

    private bool Take(long begin, long passedOver, int length, bool isComplete)
    {
        var ending = isComplete ? 1 : 0;
        IsTooLong |= length > _maxLineLength;
        _lineStart = _start;
        _lineLength = IsTooLong ? 0 : length;
        _start += length + ending;
        Offset = begin + passedOver + length + ending;
        IsComplete = isComplete;
        Number++;
        if (begin == 0 && Line.StartsWith(ByteOrderMark))
        {
            _lineStart += ByteOrderMark.Length;
            _lineLength -= ByteOrderMark.Length;
        }

        if (Line is [.., (byte)'\r'])
        {
            _lineLength--;
        }

        return true;
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
