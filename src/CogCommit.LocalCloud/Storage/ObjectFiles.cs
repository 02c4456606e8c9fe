namespace CogCommit.LocalCloud.Storage;

/// <summary>The objects' bytes: files named by random ids of our own, never by anything a caller wrote.</summary>
internal sealed class ObjectFiles(string dataFolder)
{
    private readonly string _folder = Path.Combine(dataFolder, "objects");

    /// <summary>Keeps the bytes under a new id. Nothing is kept when there are more than allowed.</summary>
    public async Task<(Guid Version, long Size)> SaveAsync(Stream body, long limit, CancellationToken cancellationToken)
    {
        MakeFolder();
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

    public Stream Open(Guid version) => new FileStream(PathOf(version), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);

    public void Delete(Guid version) => File.Delete(PathOf(version));

    private void MakeFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_folder);
        }
        else
        {
            Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private string PathOf(Guid version) => Path.Combine(_folder, version.ToString("N"));
}
