using System.Security.Cryptography;

namespace CogCommit.Core.Store;

/// <summary>Pictures lie under the home's visuals folder by the SHA-256 of their content.</summary>
internal static class VisualFiles
{
    /// <summary>Null when this machine does not hold it.</summary>
    public static byte[]? Read(string folder, string contentHash)
    {
        var path = Path.Combine(folder, contentHash);
        return IsHash(contentHash) && File.Exists(path) ? File.ReadAllBytes(path) : null;
    }

    /// <summary>Writes it unless it is there. Returns its path.</summary>
    public static string Write(string folder, string contentHash, byte[] data)
    {
        var path = Path.Combine(folder, contentHash);
        if (!File.Exists(path))
        {
            PrivateFiles.CreateFolder(folder);
            var half = $"{path}.{Guid.NewGuid():N}";
            try
            {
                using (var stream = PrivateFiles.Open(half, FileMode.CreateNew, FileShare.None))
                {
                    stream.Write(data);
                }

                File.Move(half, path, overwrite: true);
            }
            finally
            {
                File.Delete(half);
            }
        }

        return path;
    }

    public static string HashOf(byte[] data) => Convert.ToHexString(SHA256.HashData(data)).ToLowerInvariant();

    /// <summary>A hash names a file: nothing else may.</summary>
    public static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}
