namespace CogCommit.Core.Capture.Import;

/// <summary>The lines of a stream, one at a time, in a buffer that is as large as the longest of them.</summary>
internal sealed class TranscriptLines(Stream stream, long offset)
{
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _length;
    private int _line;

    /// <summary>The current line without its line ending. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Line => _buffer.AsSpan(_start - _line, _line - (IsEnded ? 1 : 0));

    /// <summary>The offset behind the current line.</summary>
    public long End { get; private set; } = offset;

    /// <summary>False for a last line without a line ending.</summary>
    public bool IsEnded { get; private set; }

    public bool Next()
    {
        var searched = 0;
        while (true)
        {
            var found = _buffer.AsSpan(_start + searched, _length - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                return Take(searched + found + 1, ended: true);
            }

            searched = _length;
            if (!Fill())
            {
                return _length > 0 && Take(_length, ended: false);
            }
        }
    }

    private bool Take(int length, bool ended)
    {
        IsEnded = ended;
        _line = length;
        _start += length;
        _length -= length;
        End += length;
        return true;
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _length).CopyTo(_buffer);
            _start = 0;
        }

        if (_length == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = stream.Read(_buffer, _length, _buffer.Length - _length);
        _length += read;
        return read > 0;
    }
}
