using System.Security.Cryptography;
using System.Text;
using CogCommit.Core.Capture.ClaudeCode;

namespace CogCommit.Core.Capture.Import;

/// <summary>Looks at a transcript without importing it: its head, its first cwd, its last time.</summary>
internal static class TranscriptProbe
{
    public const int HeadBytes = 4096;
    private const int TailBytes = 1 << 16;

    /// <summary>SHA-256 of the first bytes.</summary>
    public static string Head(string path, int length)
    {
        var head = new byte[length];
        using var file = Open(path);
        var read = file.ReadAtLeast(head, length, throwOnEndOfStream: false);
        return Convert.ToHexString(SHA256.HashData(head.AsSpan(0, read)));
    }

    /// <summary>The first cwd that a record names; not a line behind it is read.</summary>
    public static string? FirstCwd(string path, CancellationToken cancellation)
    {
        using var reader = LineReader.Open(path);
        while (reader.Read(cancellation))
        {
            if (!reader.IsTooLong && RecordParser.Parse(reader.Line).Record?.Cwd is { } cwd)
            {
                return cwd;
            }
        }

        return null;
    }

    /// <summary>The first session id that a record names.</summary>
    public static string? FirstSessionId(string path)
    {
        using var reader = LineReader.Open(path);
        while (reader.Read())
        {
            if (!reader.IsTooLong && RecordParser.Parse(reader.Line).Record?.SessionId is { } id)
            {
                return id;
            }
        }

        return null;
    }

    /// <summary>The first time that a record names; null when none does, or when the file cannot be read.</summary>
    public static DateTimeOffset? FirstTime(string path, CancellationToken cancellation)
    {
        try
        {
            using var reader = LineReader.Open(path);
            while (reader.Read(cancellation))
            {
                if (!reader.IsTooLong && RecordParser.Parse(reader.Line).Record?.Timestamp is { } time)
                {
                    return time;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Who reads it for its lines tells why.
        }

        return null;
    }

    /// <summary>The last time in the last lines; null when they name none.</summary>
    public static DateTimeOffset? LastTime(string path)
    {
        using var file = Open(path);
        var start = Math.Max(0, file.Length - TailBytes);
        file.Position = start;
        var tail = new byte[file.Length - start];
        var text = Encoding.UTF8.GetString(tail, 0, file.ReadAtLeast(tail, tail.Length, throwOnEndOfStream: false));
        const string Field = "\"timestamp\":\"";
        for (var at = text.LastIndexOf(Field, StringComparison.Ordinal); at >= 0; at = at == 0 ? -1 : text.LastIndexOf(Field, at - 1, StringComparison.Ordinal))
        {
            var begin = at + Field.Length;
            var end = text.IndexOf('"', begin);
            if (end > 0 && Timestamps.TryParse(text[begin..end], out var time))
            {
                return time;
            }
        }

        return null;
    }

    private static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
}
