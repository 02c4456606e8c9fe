using CogCommit.Core.Capture.ClaudeCode;
using CogCommit.Core.Capture;
using CogCommit.Core.Capture.Rows;

namespace CogCommit.Core.Tests.Fuzz;

/// <summary>A transcript with damage between its lines: the intact lines alone, and with what was mixed in.</summary>
internal sealed class DisturbedTranscript
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private readonly List<byte[]> _intact = [];
    private readonly List<byte[]> _mixed = [];

    private DisturbedTranscript(string path) => Path = path;

    public string Path { get; }

    /// <summary>The records of the intact lines.</summary>
    public List<TranscriptRecord> Intact { get; } = [];

    /// <summary>The records that damaged lines still are, and those of lines out of place.</summary>
    public List<TranscriptRecord> Foreign { get; } = [];

    /// <summary>The numbers of the lines that are no record.</summary>
    public List<long> BadLines { get; } = [];

    /// <summary>The numbers of the damaged lines that are a record with a picture that is none.</summary>
    public List<long> BadPictures { get; } = [];

    /// <summary>How many lines were damaged, moved or repeated.</summary>
    public int Mutated { get; private set; }

    public int Bytes => _mixed.Sum(line => line.Length + 1);

    public static DisturbedTranscript Of(Random chance, FuzzedTranscript file, Func<Random, byte[]> anyLine)
    {
        var disturbed = new DisturbedTranscript(file.Path);
        for (var i = 0; i < file.Lines.Count; i++)
        {
            var line = file.Lines[i];
            switch (chance.Next(8))
            {
                // In its place, so the line itself is gone.
                case 0 or 1 or 2:
                    disturbed.AddMutants(chance, line, anyLine);
                    break;
                // Beside it.
                case 3 or 4:
                    disturbed.AddIntact(line);
                    disturbed.AddMutants(chance, line, anyLine);
                    break;
                case 5 when chance.Next(6) == 0:
                    disturbed.AddForeign(file.Lines[chance.Next(file.Lines.Count)]);
                    break;
                default:
                    disturbed.AddIntact(line);
                    break;
            }
        }

        return disturbed;
    }

    public void WriteIntact(string root) => Write(root, _intact);

    public void WriteMixed(string root) => Write(root, _mixed);

    private void AddIntact(byte[] line)
    {
        _intact.Add(line);
        _mixed.Add(line);
        if (RecordParser.Parse(line).Record is { } record)
        {
            Intact.Add(record);
        }
        else
        {
            BadLines.Add(_mixed.Count);
        }
    }

    private void AddMutants(Random chance, byte[] line, Func<Random, byte[]> anyLine)
    {
        for (var count = chance.Next(1, 6); count > 0; count--)
        {
            AddMutant(chance, line, anyLine);
        }
    }

    private void AddMutant(Random chance, byte[] line, Func<Random, byte[]> anyLine)
    {
        var mutant = line;
        for (var times = chance.Next(4) == 0 ? 3 : 1; times > 0; times--)
        {
            mutant = chance.Next(5) < 3 ? JsonMutation.Of(chance, mutant, anyLine(chance)) : ByteMutation.Of(chance, mutant, anyLine(chance));
        }

        AddForeign(mutant);
    }

    private void AddForeign(byte[] bytes)
    {
        Mutated++;
        foreach (var line in Lines(bytes))
        {
            _mixed.Add(line);
            var read = _mixed.Count == 1 && line.AsSpan().StartsWith(ByteOrderMark) ? line.AsSpan(ByteOrderMark.Length) : line;

            // The work of a line is bounded by its length, whatever stands in it.
            var before = GC.GetAllocatedBytesForCurrentThread();
            var parsed = RecordParser.Parse(read);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated <= 20_000 + (40L * line.Length), $"A line of {line.Length} bytes took {allocated} bytes to parse.");
            if (parsed.Record is { } record)
            {
                Foreign.Add(record);
                if (record.Images.Concat(record.ToolResults.SelectMany(result => result.Images)).Any(image => Visuals.Problem(image) is not null))
                {
                    BadPictures.Add(_mixed.Count);
                }
            }
            else if (parsed.IsBad)
            {
                BadLines.Add(_mixed.Count);
            }
        }
    }

    private static IEnumerable<byte[]> Lines(byte[] bytes)
    {
        for (var start = 0; start <= bytes.Length;)
        {
            var end = Array.IndexOf(bytes, (byte)'\n', start) is >= 0 and var found ? found : bytes.Length;
            yield return bytes[start..end];
            start = end + 1;
        }
    }

    private void Write(string root, List<byte[]> lines)
    {
        var path = System.IO.Path.Combine(root, Path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        using var stream = File.Create(path);
        foreach (var line in lines)
        {
            stream.Write(line);
            stream.WriteByte((byte)'\n');
        }
    }
}
