using System.Security.Cryptography;

namespace CogCommit.PowerShell.Tests.Streams;

/// <summary>All folders and files below one, each file with a hash of its bytes.</summary>
internal static class FolderBytes
{
    public static IReadOnlyList<string> Of(string folder) =>
    [
        .. Directory.EnumerateFileSystemEntries(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Order(StringComparer.Ordinal)
            .Select(path => $"{Path.GetRelativePath(folder, path)} {(Directory.Exists(path) ? "/" : Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))))}"),
    ];
}
