namespace CogCommit.LocalCloud.Storage;

/// <summary>The objects' bytes: files named by random ids of our own, never by anything a caller wrote.</summary>
internal sealed class ObjectFiles(string dataFolder, TimeProvider clock)
{
    // Longer than any upload takes: a file that is younger may be waiting for its row.
    private static readonly TimeSpan Young = TimeSpan.FromHours(24);

    private readonly string _folder = Path.Combine(dataFolder, "objects");

    /// <summary>Keeps the bytes under a new id. Nothing is kept when there are more than allowed.</summary>
    public async Task<(Guid Version, long Size)> SaveAsync(Stream body, long limit, CancellationToken cancellationToken)
    {
        PrivateFolder.Make(_folder);
        var version = Guid.NewGuid();
        try
        {
            await using var file = new FileStream(PathOf(version), FileMode.CreateNew, FileAccess.Write);
            var buffer = new byte[81920];
            int read;
            while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
            {
                if (file.Length + read > limit)
                {
                    throw StorageFault.TooLarge();
                }

                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            file.Flush(flushToDisk: true);
            return (version, file.Length);
        }
        catch
        {
            Delete(version);
            throw;
        }
    }

    /// <summary>A file that is complete becomes an object's.</summary>
    public Guid Adopt(string path)
    {
        PrivateFolder.Make(_folder);
        var version = Guid.NewGuid();
        File.Move(path, PathOf(version));
        return version;
    }

    /// <summary>Null when it was removed or replaced meanwhile.</summary>
    public Stream? Open(Guid version)
    {
        try
        {
            return new FileStream(PathOf(version), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public void Delete(Guid version) => File.Delete(PathOf(version));

    /// <summary>Removes what has no row: the process ended between the one and the other.</summary>
    public void Sweep(IReadOnlySet<Guid> versions)
    {
        if (!Directory.Exists(_folder))
        {
            return;
        }

        foreach (var file in new DirectoryInfo(_folder).GetFiles())
        {
            if (Guid.TryParse(file.Name, out var version) && !versions.Contains(version) && clock.GetUtcNow() - file.LastWriteTimeUtc > Young)
            {
                file.Delete();
            }
        }
    }

    private string PathOf(Guid version) => Path.Combine(_folder, version.ToString("N"));
}
