using CogCommit.Core.Store;

namespace CogCommit.Cloud.Tests.Storage;

/// <summary>Bytes that begin as a picture of this type does; the rest are made of a seed.</summary>
internal sealed record Picture(string Mime, byte[] Content)
{
    private static readonly (string Mime, byte[] Head)[] Types =
    [
        ("image/png", [0x89, .. "PNG\r\n\x1a\n"u8]), ("image/jpeg", [0xff, 0xd8, 0xff, 0xe0]), ("image/gif", [.. "GIF89a"u8]), ("image/webp", [.. "RIFF\0\0\0\0WEBP"u8]),
    ];

    public string Hash { get; } = VisualFiles.HashOf(Content);

    public static Picture Of(int seed, int size)
    {
        var (mime, head) = Types[seed % Types.Length];
        var content = new byte[size];
        new Random(seed).NextBytes(content);
        head.AsSpan(0, Math.Min(head.Length, size)).CopyTo(content);
        return new Picture(mime, content);
    }
}
