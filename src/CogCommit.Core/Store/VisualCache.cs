using System.Security.Cryptography;

namespace CogCommit.Core.Store;

/// <summary>Pictures that were fetched from the cloud, by the SHA-256 of their content.</summary>
public sealed class VisualCache(CogCommitHome home)
{
    private readonly string _folder = home.VisualCachePath;

    /// <summary>Null when it is not there, or not whole.</summary>
    public string? Find(string hash)
    {
        var path = Path.Combine(_folder, hash);
        return VisualFiles.IsHash(hash) && File.Exists(path) && VisualFiles.HashOf(File.ReadAllBytes(path)) == hash ? path : null;
    }

    /// <exception cref="CogCommitException">VisualDamaged: what was written has another hash. Nothing was kept.</exception>
    public async Task<string> AddAsync(string hash, Func<Stream, Task> fill)
    {
        ArgumentNullException.ThrowIfNull(fill);
        PrivateFiles.CreateFolder(_folder);
        var path = Path.Combine(_folder, hash);
        var half = $"{path}.{Guid.NewGuid():N}";
        try
        {
            using (var stream = PrivateFiles.Open(half, FileMode.CreateNew, FileShare.None))
            {
                await fill(stream).ConfigureAwait(false);
                stream.Position = 0;
                var got = Convert.ToHexString(await SHA256.HashDataAsync(stream).ConfigureAwait(false)).ToLowerInvariant();
                if (got != hash)
                {
                    throw new CogCommitException("VisualDamaged", "What came for the picture is not what its row names. Nothing of it was kept.", ErrorKind.InvalidData);
                }
            }

            File.Move(half, path, overwrite: true);
            return path;
        }
        finally
        {
            File.Delete(half);
        }
    }
}
