namespace CogCommit.Core.Store;

/// <summary>What kind of picture some bytes are, by how they begin. Names, and what others say of them, count for nothing.</summary>
public static class PictureType
{
    /// <summary>As many bytes as it takes to tell.</summary>
    public const int HeadLength = 12;

    /// <summary>The largest picture that is kept, in bytes: the cloud takes no larger one.</summary>
    public const long MostBytes = 50 * 1024 * 1024;

    public const string Png = "image/png";
    public const string Jpeg = "image/jpeg";
    public const string Gif = "image/gif";
    public const string WebP = "image/webp";

    /// <summary>No picture of ours, whatever it was called.</summary>
    public const string Unknown = "application/octet-stream";

    private static readonly string[] All = [Png, Jpeg, Gif, WebP];

    /// <param name="head">The first <see cref="HeadLength"/> bytes, or all of them where there are fewer.</param>
    /// <returns>Its MIME type; null when it is none of PNG, JPEG, GIF and WebP.</returns>
    public static string? Of(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? Png
        : head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? Jpeg
        : head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8) ? Gif
        : head.StartsWith("RIFF"u8) && head.Length >= HeadLength && head[8..].StartsWith("WEBP"u8) ? WebP
        : null;

    /// <summary>What a picture of the transcript is: by its bytes, else what it was called, unless that is a type which its bytes disprove.</summary>
    public static string Of(ReadOnlySpan<byte> head, string called) => Of(head) ?? (All.Contains(called) ? Unknown : called);

    /// <summary>How the name of a file of this type ends, with the dot.</summary>
    public static string Extension(string? mime) => mime switch
    {
        Png => ".png",
        Jpeg => ".jpg",
        Gif => ".gif",
        WebP => ".webp",
        _ => ".bin",
    };
}
