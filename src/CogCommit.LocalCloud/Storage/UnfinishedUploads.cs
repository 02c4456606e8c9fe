using System.Collections.Concurrent;
using System.Text.Json;

namespace CogCommit.LocalCloud.Storage;

/// <summary>
/// Uploads that come in parts, on disk: they outlive the process. What of a part arrived stays, also when its connection breaks.
/// </summary>
internal sealed class UnfinishedUploads(string dataFolder, TimeProvider clock)
{
    /// <summary>How long one may take, as on Supabase.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly string _folder = Path.Combine(dataFolder, "uploads");
    private readonly ConcurrentDictionary<string, bool> _writing = new();

    public UnfinishedUpload Begin(Guid owner, ObjectUpload upload, long length)
    {
        Sweep();
        PrivateFolder.Make(_folder);
        var begun = new UnfinishedUpload(Guid.NewGuid().ToString("N"), owner, upload, length, clock.GetUtcNow() + Lifetime);
        File.Create(PartsOf(begun.Id)).Dispose();
        var half = AboutOf(begun.Id) + ".half";
        File.WriteAllBytes(half, JsonSerializer.SerializeToUtf8Bytes(begun));
        File.Move(half, AboutOf(begun.Id));
        return begun;
    }

    /// <summary>Null when there is none, it is over, or somebody else's.</summary>
    public UnfinishedUpload? Find(string id, Guid? owner)
    {
        if (!Guid.TryParseExact(id, "N", out var known) || owner is null || Read(known.ToString("N")) is not { } upload)
        {
            return null;
        }

        return upload.Owner == owner && upload.Expires > clock.GetUtcNow() ? upload : null;
    }

    /// <summary>How many bytes of it are here.</summary>
    public long OffsetOf(UnfinishedUpload upload) => new FileInfo(PartsOf(upload.Id)).Length;

    /// <summary>One request at a time writes to an upload.</summary>
    /// <returns>Null when one does already; else dispose it.</returns>
    public IDisposable? Hold(UnfinishedUpload upload) => _writing.TryAdd(upload.Id, true) ? new Writing(() => _writing.TryRemove(upload.Id, out _)) : null;

    /// <summary>Adds the next part.</summary>
    /// <exception cref="StorageFault">There is more than was said: nothing of it is kept.</exception>
    public async Task AppendAsync(UnfinishedUpload upload, Stream part, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(PartsOf(upload.Id), FileMode.Open, FileAccess.Write);
        var before = file.Seek(0, SeekOrigin.End);
        var buffer = new byte[81920];
        int read;
        while ((read = await part.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (file.Position + read > upload.Length)
            {
                file.SetLength(before);
                throw StorageFault.TooLarge();
            }

            await file.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None);
        }

        file.Flush(flushToDisk: true);
    }

    /// <summary>The file of one that is complete, to be taken from here.</summary>
    public string PartsOf(string id) => Path.Combine(_folder, id);

    public void Remove(string id)
    {
        File.Delete(AboutOf(id));
        File.Delete(PartsOf(id));
    }

    /// <summary>Removes what is over, and what a crash left without the other half.</summary>
    public void Sweep()
    {
        if (!Directory.Exists(_folder))
        {
            return;
        }

        foreach (var id in new DirectoryInfo(_folder).GetFiles().Select(file => Path.GetFileNameWithoutExtension(file.Name)).Where(name => Guid.TryParseExact(name, "N", out _)).Distinct().ToList())
        {
            var over = Read(id) is { } upload ? upload.Expires : new DateTimeOffset(File.GetLastWriteTimeUtc(PartsOf(id)), TimeSpan.Zero) + Lifetime;
            if (over <= clock.GetUtcNow())
            {
                Remove(id);
                File.Delete(AboutOf(id) + ".half");
            }
        }
    }

    private UnfinishedUpload? Read(string id)
    {
        try
        {
            return JsonSerializer.Deserialize<UnfinishedUpload>(File.ReadAllBytes(AboutOf(id)));
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private string AboutOf(string id) => Path.Combine(_folder, id + ".json");

    private sealed class Writing(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
