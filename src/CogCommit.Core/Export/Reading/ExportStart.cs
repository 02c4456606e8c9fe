using CogCommit.Core.Store;

namespace CogCommit.Core.Export.Reading;

/// <summary>How an export begins: {"cogcommit_export": ... . In Jsonl the first object ends on the first line.</summary>
internal sealed record ExportStart(ExportFormat Format)
{
    private const int Looked = 512;

    /// <summary>Null when the file begins otherwise.</summary>
    public static ExportStart? Of(string path)
    {
        if (new FileInfo(path) is { Exists: true } file && !FileLook.MayHoldAnything(file))
        {
            return null;
        }

        using var reader = new StreamReader(path);
        var buffer = new char[Looked];
        var text = buffer.AsSpan(0, reader.ReadBlock(buffer, 0, Looked));
        if (!Skip(ref text, "{") || !Skip(ref text, $"\"{ExportFile.Mark}\"") || !Skip(ref text, ":"))
        {
            return null;
        }

        text = text.TrimStart();
        var afterNumber = text.TrimStart("0123456789").TrimStart();
        return new ExportStart(afterNumber is ['}', ..] ? ExportFormat.Jsonl : ExportFormat.Json);
    }

    private static bool Skip(ref Span<char> text, string token)
    {
        var trimmed = text.TrimStart();
        if (!trimmed.StartsWith(token))
        {
            return false;
        }

        text = trimmed[token.Length..];
        return true;
    }
}
