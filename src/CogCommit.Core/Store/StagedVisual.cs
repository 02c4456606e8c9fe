using System.Security.Cryptography;

namespace CogCommit.Core.Store;

/// <summary>
/// A picture on its way into the visuals folder: copied there under a name of its own, hashed as it passes, and moved to its place by
/// <see cref="Keep"/>. However large it is, a buffer of it is in memory.
/// </summary>
internal sealed class StagedVisual : IDisposable
{
    private const int BufferSize = 1 << 16;

    private readonly string _folder;
    private readonly HalfFile _half;

    private StagedVisual(string folder, HalfFile half, string hash, long bytes, string mime)
    {
        (_folder, _half, Hash, Bytes, Mime) = (folder, half, hash, bytes, mime);
    }

    /// <summary>SHA-256 of its content, lower-case hex.</summary>
    public string Hash { get; }

    public long Bytes { get; }

    public string Mime { get; }

    /// <param name="folder">The visuals folder.</param>
    /// <param name="from">The picture, from where it stands.</param>
    /// <param name="name">What the user calls it, for errors.</param>
    /// <param name="ct">Stops between two buffers.</param>
    /// <exception cref="CogCommitException">NotAPicture, VisualTooLarge, DiskFull: nothing was kept.</exception>
    /// <exception cref="IOException">It cannot be read, or the folder not written.</exception>
    public static StagedVisual Copy(string folder, Stream from, string name, CancellationToken ct)
    {
        var buffer = new byte[BufferSize];
        var read = from.ReadAtLeast(buffer, PictureType.HeadLength, throwOnEndOfStream: false);
        var mime = PictureType.Of(buffer.AsSpan(0, Math.Min(read, PictureType.HeadLength))) ?? throw new CogCommitException(
            "NotAPicture",
            $"'{name}' is no PNG, JPEG, GIF or WebP, whatever its name says: its content does not begin like one. Nothing was added. Convert it to one of these first.",
            ErrorKind.InvalidData);
        HalfFile? half = null;
        try
        {
            half = new HalfFile(folder);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            for (var bytes = 0L; ; read = from.Read(buffer))
            {
                if (read == 0)
                {
                    return new StagedVisual(folder, half, Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant(), bytes, mime);
                }

                ct.ThrowIfCancellationRequested();
                bytes += read;
                if (bytes > PictureType.MostBytes)
                {
                    throw TooLarge(name);
                }

                hash.AppendData(buffer, 0, read);
                half.Content.Write(buffer, 0, read);
            }
        }
        catch (Exception error)
        {
            half?.Dispose();
            if (FileErrors.IsDiskFull(error))
            {
                throw FileErrors.DiskFull($"the picture '{name}'", "Nothing was added.", error);
            }

            throw;
        }
    }

    /// <summary>Moves it to its place, unless it lies there. Within the transaction that writes its row, so that no sweep takes it for nobody's.</summary>
    public string Keep()
    {
        var path = Path.Combine(_folder, Hash);
        if (!VisualFiles.IsThere(path, Bytes))
        {
            _half.MoveTo(path);
        }

        return path;
    }

    public void Dispose() => _half.Dispose();

    private static CogCommitException TooLarge(string name) => new(
        "VisualTooLarge",
        $"'{name}' is larger than 50 MB, the most that a picture may have. Nothing was added. Make it smaller, as a JPEG or with fewer pixels, and add that.",
        ErrorKind.InvalidArgument);
}
