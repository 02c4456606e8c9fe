using CogCommit.Core.Capture.ClaudeCode;

namespace CogCommit.Core.Capture.Import;

/// <summary>Reads a transcript from an offset and hands on its records in small parcels: never more of the file than its longest line.</summary>
internal static class TranscriptParser
{
    private const int ParcelLines = 256;
    private const int ParcelBytes = 1 << 19;

    /// <param name="put">Takes a parcel; blocks while the one who writes is behind.</param>
    public static void Parse(string path, long offset, long lines, Action<IReadOnlyList<ParsedLine>> put, CancellationToken cancellation)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        file.Position = offset;
        var reader = new TranscriptLines(file, offset);
        var parcel = new List<ParsedLine>();
        var start = offset;
        while (reader.Next())
        {
            cancellation.ThrowIfCancellationRequested();
            var result = RecordParser.Parse(reader.Line);

            // What does not parse and has no line ending is not whole yet: it is read again when the file grows.
            if (!reader.IsEnded && result.Record is null)
            {
                break;
            }

            parcel.Add(new ParsedLine(result.Record, result.Reason, reader.End, ++lines));
            if (parcel.Count >= ParcelLines || reader.End - start >= ParcelBytes)
            {
                put(parcel);
                parcel = [];
                start = reader.End;
            }
        }

        if (parcel.Count > 0)
        {
            put(parcel);
        }
    }
}
