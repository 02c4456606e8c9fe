using CogCommit.Core.Capture.ClaudeCode;

namespace CogCommit.Core.Capture.Import;

/// <summary>Reads a transcript from an offset and hands on its records in small parcels: never more of the file than its longest line.</summary>
internal static class TranscriptParser
{
    private const int ParcelLines = 128;
    private const int ParcelBytes = 1 << 18;

    /// <param name="put">Takes a parcel; blocks while the one who writes is behind.</param>
    public static void Parse(string path, long offset, long lines, Action<IReadOnlyList<ParsedLine>> put, CancellationToken cancellation)
    {
        using var reader = LineReader.Open(path, offset, lines);
        var parcel = new List<ParsedLine>();
        var start = offset;
        while (reader.Read(cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            var result = reader.IsTooLong ? ParseResult.Bad("is too long to be read") : RecordParser.Parse(reader.Line);

            // What does not parse and has no line ending is not whole yet: it is read again when the file grows.
            if (!reader.IsComplete && result.Record is null)
            {
                break;
            }

            parcel.Add(new ParsedLine(result.Record, result.Reason, reader.Offset, reader.Number));
            if (parcel.Count >= ParcelLines || reader.Offset - start >= ParcelBytes)
            {
                put(parcel);
                parcel = [];
                start = reader.Offset;
            }
        }

        if (parcel.Count > 0)
        {
            put(parcel);
        }
    }
}
