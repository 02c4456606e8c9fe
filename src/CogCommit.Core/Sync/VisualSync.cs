using CogCommit.Core.Cloud.Storage;
using CogCommit.Core.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Sync;

/// <summary>The content of visuals, between this machine and the cloud.</summary>
public sealed class VisualSync(StoreFile store, CogCommitHome home, ICloudStorage storage)
{
    /// <summary>The path of a local file whose content has the SHA-256 that the visual's row names; fetched into the cache where this machine has none.</summary>
    public async Task<string> FetchAsync(string visualId, CancellationToken cancellationToken)
    {
        var (hash, path) = store.Write(transaction =>
        {
            var row = StoredRows.FindVisual(transaction, visualId)?.Row;
            var cloud = transaction.Prepare("select cloud_url from visuals where id = $id").With("$id", visualId).ExecuteScalar() as string;
            return (row?.ContentHash, cloud);
        });
        var cache = new VisualCache(home);
        return new LocalVisuals(home, cache).FindWhole(hash) ?? (hash is null || path is null
            ? throw new CogCommitException("VisualNotUploaded", $"The picture {visualId} is not in the cloud. The machine that has it sends it with its next sync.", ErrorKind.NotFound)
            : await cache.AddAsync(hash, to => storage.DownloadAsync(path, to, PictureType.MostBytes, cancellationToken)).ConfigureAwait(false));
    }
}
