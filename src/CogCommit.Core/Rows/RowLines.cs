using System.Buffers;
using System.Text;

namespace CogCommit.Core.Rows;

/// <summary>Rows of a file as lines of JSON, written to a text without a string of each: what one needed is there for the next.</summary>
internal sealed class RowLines(TextWriter to)
{
    // One row of 50 MB is not to be held for all that follow.
    private const int Kept = 1 << 20;

    private ArrayBufferWriter<byte> _line = new(4096);

    /// <summary>Writes an object, without a line's end.</summary>
    public void Write(Action<FieldWriter> fields)
    {
        RowJson.Object(_line, RowForm.File, fields);
        var characters = ArrayPool<char>.Shared.Rent(_line.WrittenCount);
        to.Write(characters, 0, Encoding.UTF8.GetChars(_line.WrittenSpan, characters));
        ArrayPool<char>.Shared.Return(characters);
        if (_line.Capacity > Kept)
        {
            _line = new(4096);
        }
        else
        {
            _line.ResetWrittenCount();
        }
    }
}
