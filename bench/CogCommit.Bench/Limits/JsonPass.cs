using System.Buffers;
using System.Text.Json;

namespace CogCommit.Bench.Limits;

/// <summary>A bare pass of Utf8JsonReader over all bytes of some files: every token is seen, none is looked at.</summary>
internal static class JsonPass
{
    /// <summary>How many tokens there were.</summary>
    public static long Run(string folder)
    {
        long tokens = 0;
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 20);
        foreach (var path in Directory.EnumerateFiles(folder, "*.jsonl", SearchOption.AllDirectories))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            for (int held = 0, read; (read = file.Read(buffer, held, buffer.Length - held)) > 0;)
            {
                var end = held + read;
                var lines = buffer.AsSpan(0, end);
                while (lines.IndexOf((byte)'\n') is >= 0 and var length)
                {
                    var reader = new Utf8JsonReader(lines[..length]);
                    while (reader.Read())
                    {
                        tokens++;
                    }

                    lines = lines[(length + 1)..];
                }

                held = lines.Length;
                lines.CopyTo(buffer);
            }
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return tokens;
    }
}
