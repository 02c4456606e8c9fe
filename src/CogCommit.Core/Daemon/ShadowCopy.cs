using System.Security.Cryptography;
using System.Text;
using CogCommit.Core.Store;

namespace CogCommit.Core.Daemon;

/// <summary>
/// A copy of the module's assemblies that a daemon runs from (decision 0015): what was installed can be upgraded or removed while it runs, and
/// it never loads half of one version and half of another. A folder per version and content, <c>~/.cogcommit/daemon/0.1.0-1a2b3c4d5e6f</c>.
/// </summary>
internal static class ShadowCopy
{
    private const int HashLength = 12;
    private const string Unfinished = ".new";

    /// <summary>Makes the copy where there is none, or mends it. Several at once come to the same.</summary>
    /// <param name="paths">Of the home.</param>
    /// <param name="module">The folder of the module's assemblies, with <c>dependencies</c> in it.</param>
    /// <param name="version">Of the module.</param>
    /// <returns>The copy's folder.</returns>
    /// <exception cref="CogCommitException">DiskFull, ModuleNotCopied.</exception>
    public static string Make(DaemonPaths paths, string module, string version)
    {
        var copy = "";
        try
        {
            var files = Files(module);
            copy = Path.Combine(paths.Copies, $"{version}-{Hash(module, files)}");
            foreach (var file in files)
            {
                var to = Path.Combine(copy, file);
                if (!IsCopy(Path.Combine(module, file), to))
                {
                    PrivateFiles.CreateFolder(Path.GetDirectoryName(to)!);
                    var fresh = $"{to}.{Guid.NewGuid():N}{Unfinished}";
                    File.Copy(Path.Combine(module, file), fresh, overwrite: true);
                    File.Move(fresh, to, overwrite: true);
                }
            }

            return copy;
        }
        catch (Exception full) when (FileErrors.IsDiskFull(full))
        {
            throw FileErrors.DiskFull($"the daemon's copy of the module, '{copy}',", "No daemon was started.", full);
        }
        catch (Exception refused) when (FileErrors.IsRefusal(refused))
        {
            throw new CogCommitException(
                "ModuleNotCopied", $"The module '{module}' could not be copied to '{copy}': {refused.Message} No daemon was started. Mend that and try again.", ErrorKind.ReadOnly, refused);
        }
    }

    /// <summary>Takes away the copies that nobody runs from: all but that of the one watcher there is. One that is still in use stays, where the system holds its files.</summary>
    public static void DeleteOthers(DaemonPaths paths, string? mine)
    {
        if (mine is null || !Path.GetFullPath(mine).StartsWith(Path.GetFullPath(paths.Copies) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            // Whoever watches in somebody's session runs from no copy, and keeps the present ones for the daemon's next start.
            return;
        }

        foreach (var other in Directory.EnumerateDirectories(paths.Copies).Where(folder => Path.GetFullPath(folder) != Path.GetFullPath(mine)).ToList())
        {
            try
            {
                Directory.Delete(other, recursive: true);
            }
            catch (Exception held) when (FileErrors.IsRefusal(held))
            {
                // Of one that is just ending; the next start takes it away.
            }
        }
    }

    private static List<string> Files(string module) =>
    [
        .. Directory.EnumerateFiles(module, "*.dll")
            .Concat(Directory.EnumerateFiles(Path.Combine(module, "dependencies"), "*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is ".dll" or ".so" or ".dylib")
            .Select(file => Path.GetRelativePath(module, file)).Order(StringComparer.Ordinal),
    ];

    private static string Hash(string module, List<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        foreach (var file in files)
        {
            using var stream = new FileStream(Path.Combine(module, file), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.Replace('\\', '/')}\0{stream.Length}\0"));
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                hash.AppendData(buffer, 0, read);
            }
        }

        return Convert.ToHexString(hash.GetHashAndReset())[..HashLength].ToLowerInvariant();
    }

    // It came by a rename of a whole copy, so one of the right length is right.
    private static bool IsCopy(string file, string copy) => new FileInfo(copy) is { Exists: true } there && there.Length == new FileInfo(file).Length;
}
