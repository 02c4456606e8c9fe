using System.Security.Cryptography;

namespace CogCommit.Core.Store;

/// <summary>Pictures lie under the home's visuals folder, and those that were fetched in the cache's, by the SHA-256 of their content.</summary>
internal static class VisualFiles
{
    /// <summary>Null when this machine does not hold it, or what lies there is not it any more.</summary>
    public static byte[]? Read(string folder, string contentHash)
    {
        if (Find(folder, contentHash) is not { } path)
        {
            return null;
        }

        var data = File.ReadAllBytes(path);
        return HashOf(data) == contentHash ? data : null;
    }

    /// <summary>Its path, whatever lies there; null when nothing does.</summary>
    public static string? Find(string folder, string contentHash)
    {
        var path = IsHash(contentHash) ? Path.Combine(folder, contentHash) : null;
        return File.Exists(path) ? path : null;
    }

    /// <summary>True when the file's content has this hash. It is read to its end, and not held in memory.</summary>
    public static bool IsWhole(string path, string contentHash)
    {
        using var stream = new FileStream(path, new FileStreamOptions { Options = FileOptions.SequentialScan, Share = FileShare.ReadWrite | FileShare.Delete });
        return Convert.ToHexString(SHA256.HashData(stream)).Equals(contentHash, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Writes it unless it is there. Returns its path.</summary>
    public static string Write(string folder, string contentHash, byte[] data)
    {
        var path = Path.Combine(folder, contentHash);
        if (!IsThere(path, data.Length))
        {
            using var half = new HalfFile(folder);
            half.Content.Write(data);
            half.MoveTo(path);
        }

        return path;
    }

    /// <summary>A file of this size lies there. One of another size was cut short, by a full disk or by somebody: it is written again.</summary>
    public static bool IsThere(string path, long bytes) => new FileInfo(path) is { Exists: true } file && file.Length == bytes;

    public static string HashOf(byte[] data) => Convert.ToHexString(SHA256.HashData(data)).ToLowerInvariant();

    /// <summary>A hash names a file: nothing else may.</summary>
    public static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}
