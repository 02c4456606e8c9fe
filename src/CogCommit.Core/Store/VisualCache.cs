using System.Security.Cryptography;

namespace CogCommit.Core.Store;

/// <summary>
/// Pictures that were fetched from the cloud, by the SHA-256 of their content; ~/.cogcommit/visual-cache. Several processes may use it at
/// once. A file's time of writing is when it was last used.
/// </summary>
/// <param name="home">Where it lies.</param>
/// <param name="limits">Null: whoever uses it here does not know them, and trims nothing.</param>
/// <param name="clock">Null: the system's.</param>
public sealed class VisualCache(CogCommitHome home, VisualCacheLimits? limits = null, TimeProvider? clock = null)
{
    // Whoever asked for it a moment ago is about to read it, perhaps in another process.
    private static readonly TimeSpan InUse = TimeSpan.FromMinutes(10);

    private readonly string _folder = home.VisualCachePath;
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <summary>The path of a file whose content has this hash, which counts as a use of it; null when there is none. A damaged one goes.</summary>
    public string? Find(string hash)
    {
        if (VisualFiles.Find(_folder, hash) is not { } path)
        {
            return null;
        }

        try
        {
            if (VisualFiles.IsWhole(path, hash))
            {
                File.SetLastWriteTimeUtc(path, _clock.GetUtcNow().UtcDateTime);
                return path;
            }

            File.Delete(path);
            return null;
        }
        catch (FileNotFoundException)
        {
            // Another process trimmed it meanwhile.
            return null;
        }
    }

    /// <summary>Adds what <paramref name="fill"/> writes, and gives its path. What the limits say is too much goes for it.</summary>
    /// <exception cref="CogCommitException">VisualDamaged: what was written has another hash. InvalidVisualHash. Nothing was kept.</exception>
    public async Task<string> AddAsync(string hash, Func<Stream, Task> fill)
    {
        ArgumentNullException.ThrowIfNull(fill);
        if (!VisualFiles.IsHash(hash))
        {
            throw new CogCommitException("InvalidVisualHash", $"'{hash}' is no SHA-256 in lower-case hex, so nothing was fetched for it.", ErrorKind.InvalidData);
        }

        var path = Path.Combine(_folder, hash);
        using (var half = new HalfFile(_folder))
        {
            await fill(half.Content).ConfigureAwait(false);
            half.Content.Position = 0;
            var got = Convert.ToHexString(await SHA256.HashDataAsync(half.Content).ConfigureAwait(false)).ToLowerInvariant();
            if (got != hash)
            {
                throw new CogCommitException(
                    "VisualDamaged",
                    $"What came for the picture has the SHA-256 {got}, and not {hash}, which its row names: it was damaged or replaced on the way. Nothing of it was kept. Try again; "
                    + "if it stays so, the machine that has the picture can add it again (Add-CogCommitVisual).",
                    ErrorKind.InvalidData);
            }

            half.MoveTo(path);
        }

        var now = _clock.GetUtcNow();
        File.SetLastWriteTimeUtc(path, now.UtcDateTime);
        Trim(now);
        return path;
    }

    /// <summary>Removes what was not used for too long, and then what was used longest ago until the rest fits. What was used just now stays.</summary>
    public void Trim(DateTimeOffset now)
    {
        if (limits is null || !Directory.Exists(_folder))
        {
            return;
        }

        var files = new DirectoryInfo(_folder).GetFiles();
        foreach (var left in files.Where(file => HalfFile.IsAbandoned(file, now)))
        {
            Remove(left);
        }

        var pictures = files.Where(file => VisualFiles.IsHash(file.Name)).Select(file => (File: file, Used: UsedAt(file))).OrderByDescending(picture => picture.Used).ToList();
        var bytes = 0L;
        foreach (var (file, used) in pictures)
        {
            bytes += Length(file);
            if (now - used >= InUse && (now - used > limits.TimeToLive || bytes > limits.Bytes))
            {
                Remove(file);
            }
        }
    }

    private static DateTimeOffset UsedAt(FileInfo file) => new(file.LastWriteTimeUtc, TimeSpan.Zero);

    private static long Length(FileInfo file)
    {
        file.Refresh();
        return file.Exists ? file.Length : 0;
    }

    private static void Remove(FileInfo file)
    {
        try
        {
            file.Delete();
        }
        catch (Exception refused) when (FileErrors.IsHeld(refused))
        {
            // Windows: somebody reads it. The next trim takes it.
        }
    }
}
