using System.Security.Cryptography;
using CogCommit.Core.Cloud;
using CogCommit.Core.Cloud.Storage;
using CogCommit.Core.Store;

namespace CogCommit.Core.Sync;

/// <summary>
/// Pictures between this machine and the cloud. A row travels with the rest; its picture is sent by a machine that has it, once, and fetched
/// when somebody looks. Whatever stops it, the next call goes on: what the store says of it is a hint, and the cloud has the last word.
/// </summary>
public sealed class VisualSync(StoreFile store, CogCommitHome home, ICloudStorage storage)
{
    // Deleting makes room, and that is not heard of.
    private static readonly TimeSpan RoomAgain = TimeSpan.FromMinutes(15);

    // As the bucket says (supabase/migrations).
    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["image/png"] = "image/png",
        ["image/jpeg"] = "image/jpeg",
        ["image/jpg"] = "image/jpeg",
        ["image/gif"] = "image/gif",
        ["image/webp"] = "image/webp",
    };

    /// <summary>Keeps what was fetched.</summary>
    public VisualCache Cache { get; init; } = new(home);

    /// <summary>Hears what is sent and fetched.</summary>
    public IReport? Report { get; init; }

    internal ICloudStorage Storage => storage;

    /// <summary>Pictures sent since this object was made; right also when it is stopped.</summary>
    internal int Sent { get; private set; }

    /// <summary>
    /// Sends all pictures that wait: this machine has them, the cloud has their rows and not yet the pictures. Removes from the cloud what was
    /// deleted, where a deletion that is taken back could bring it back from here.
    /// </summary>
    /// <param name="progress">Hears of bytes.</param>
    /// <param name="cancellationToken">Ends it; what is sent stays sent.</param>
    /// <returns>How many were sent, and how many wait for room.</returns>
    public async Task<VisualUploads> UploadAsync(IProgress<SyncProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        List<OutgoingVisual> waiting;
        Dictionary<string, (string Path, string Hash)> deleted;
        using (var reader = store.OpenReader())
        {
            waiting = VisualQueue.Read(reader, store.Clock.GetUtcNow());
            deleted = VisualQueue.Deleted(reader);
        }

        waiting = waiting.Count == 0 ? waiting : Here(waiting);
        if (waiting.Count == 0 && deleted.Count == 0)
        {
            return new VisualUploads(0, Waiting());
        }

        var before = Sent;
        await SendAsync(await LookAsync(waiting, deleted, cancellationToken).ConfigureAwait(false), progress, cancellationToken).ConfigureAwait(false);
        return new VisualUploads(Sent - before, Waiting());
    }

    /// <summary>A local file whose content has the hash that the visual's row names: this machine's own, else from the cache, else fetched into it.</summary>
    /// <exception cref="CogCommitException">VisualNotFound, VisualPurged, VisualNotUploaded, VisualDamaged, or the cloud cannot be reached.</exception>
    public async Task<string> FetchAsync(string visualId, CancellationToken cancellationToken = default)
    {
        var (path, hash, bytes, machine) = Find(visualId);
        var own = Path.Combine(home.VisualsPath, hash);
        if (await IsWholeAsync(own, hash, cancellationToken).ConfigureAwait(false))
        {
            return own;
        }

        if (Cache.Find(hash) is { } cached)
        {
            return cached;
        }

        if (path is null)
        {
            throw NotUploaded(visualId, machine);
        }

        Report?.Verbose($"Fetching the picture of visual {visualId}, {bytes} bytes.");
        return await Cache.AddAsync(hash, async target =>
        {
            if (!await storage.DownloadAsync(path, bytes, target, cancellationToken).ConfigureAwait(false))
            {
                throw NotUploaded(visualId, machine);
            }
        }).ConfigureAwait(false);
    }

    /// <summary>Those whose picture lies here. The folder is listed once: rows that came from elsewhere may be many.</summary>
    private List<OutgoingVisual> Here(List<OutgoingVisual> visuals)
    {
        var files = Directory.Exists(home.VisualsPath) ? new DirectoryInfo(home.VisualsPath).EnumerateFiles().Select(file => file.Name).ToHashSet() : [];
        return [.. visuals.Where(visual => files.Contains(visual.Hash))];
    }

    private int Waiting()
    {
        using var reader = store.OpenReader();
        return VisualQueue.CountWaiting(reader);
    }

    /// <summary>Asks what the cloud has before anything is sent, and tidies up there. Gives what is still to be sent.</summary>
    private async Task<List<OutgoingVisual>> LookAsync(
        List<OutgoingVisual> waiting, Dictionary<string, (string Path, string Hash)> deleted, CancellationToken cancellationToken)
    {
        var pages = waiting.Where(visual => !visual.Known).Chunk(500).ToList();
        if (pages.Count == 0)
        {
            pages.Add([]);
        }

        HashSet<string> stored = [];
        foreach (var page in pages)
        {
            var look = PictureLook.Read(await storage.LookAsync([.. page.Select(visual => visual.Path)], cancellationToken).ConfigureAwait(false));
            var there = page.Where(visual => look.Stored.Contains(visual.Path)).ToList();
            stored.UnionWith(there.Select(visual => visual.Id));
            // A deleted picture that could come back is removed only by who has it.
            var mine = deleted.Values.Where(visual => look.Deleted.Contains(visual.Path) && File.Exists(Path.Combine(home.VisualsPath, visual.Hash))).Select(visual => visual.Path);
            List<string> goes = [.. look.Loose, .. mine];
            if (goes.Count > 0)
            {
                var removed = await storage.RemoveAsync(goes, cancellationToken).ConfigureAwait(false);
                Report?.Verbose($"Removed {removed.Count} pictures from the cloud that were deleted.");
            }

            store.Write(transaction =>
            {
                there.ForEach(visual => VisualQueue.SetStored(transaction, visual.Id));
                foreach (var id in deleted.Keys)
                {
                    VisualQueue.Forget(transaction, id);
                }
            });
        }

        return [.. waiting.Where(visual => !stored.Contains(visual.Id))];
    }

    private async Task SendAsync(List<OutgoingVisual> visuals, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        var total = visuals.Sum(visual => visual.Bytes);
        var (done, tooLarge) = (0L, long.MaxValue);
        foreach (var visual in visuals)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var before = done;
            var outcome = visual.Bytes >= tooLarge
                // There was no room for a smaller one.
                ? new UploadOutcome(UploadAnswer.NotNow, "there was no room for a smaller one")
                : await SendAsync(visual, bytes => progress?.Report(new SyncProgress("Sending pictures", before + bytes, total, "bytes")), cancellationToken).ConfigureAwait(false);
            done += visual.Bytes;
            if (outcome is null)
            {
                continue;
            }

            Sent += outcome.Answer == UploadAnswer.Stored ? 1 : 0;
            tooLarge = outcome.Answer == UploadAnswer.NotNow ? Math.Min(tooLarge, visual.Bytes) : tooLarge;
            Report?.Debug($"Visual {visual.Id}, {visual.Bytes} bytes: {outcome.Answer}{(outcome.Reason is null ? "" : $" ({outcome.Reason})")}.");
            store.Write(transaction => Keep(transaction, visual, outcome));
        }
    }

    /// <returns>Null when the file is not here any more.</returns>
    private async Task<UploadOutcome?> SendAsync(OutgoingVisual visual, Action<long> sent, CancellationToken cancellationToken)
    {
        if (!Types.TryGetValue(visual.Mime, out var type))
        {
            return new UploadOutcome(UploadAnswer.Refused, $"the cloud takes no {(visual.Mime.Length == 0 ? "picture of an unknown type" : visual.Mime)}");
        }

        FileStream content;
        string hash;
        try
        {
            content = new FileStream(Path.Combine(home.VisualsPath, visual.Hash), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception refused) when (FileErrors.IsRefusal(refused))
        {
            return Unreadable(refused);
        }

        await using (content.ConfigureAwait(false))
        {
            try
            {
                hash = await HashAsync(content, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception refused) when (FileErrors.IsRefusal(refused))
            {
                return Unreadable(refused);
            }

            if (hash != visual.Hash)
            {
                return new UploadOutcome(UploadAnswer.Refused, "its file on this machine is damaged");
            }

            var picture = new PictureUpload
            {
                Path = visual.Path,
                Mime = type,
                Content = content,
                ResumeAt = visual.Upload,
                Began = upload => store.Write(transaction => VisualQueue.SetSending(transaction, visual.Id, upload)),
                Sent = sent,
            };
            try
            {
                return await storage.UploadAsync(picture, cancellationToken).ConfigureAwait(false);
            }
            catch (CloudRejectedException rejected)
            {
                // For a reason of its own: it stops itself alone, and is tried again later.
                return new UploadOutcome(UploadAnswer.NotNow, rejected.Message);
            }
        }
    }

    /// <summary>It stops itself alone: whoever may read it again finds it waiting.</summary>
    private static UploadOutcome Unreadable(Exception refused) => new(UploadAnswer.Unreadable, $"its file on this machine cannot be read: {refused.Message}");

    private void Keep(WriteTransaction transaction, OutgoingVisual visual, UploadOutcome outcome)
    {
        switch (outcome.Answer)
        {
            case UploadAnswer.NotNow or UploadAnswer.Unreadable:
                VisualQueue.SetWaiting(transaction, visual.Id, outcome.Reason ?? "", store.Clock.GetUtcNow() + RoomAgain);
                break;
            case UploadAnswer.Refused:
                VisualQueue.SetRefused(transaction, visual.Id, outcome.Reason ?? "");
                break;
            default:
                VisualQueue.SetStored(transaction, visual.Id);
                break;
        }
    }

    private (string? Path, string Hash, long Bytes, string Machine) Find(string visualId)
    {
        using var reader = store.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = """
            select v.cloud_url, v.content_hash, v.byte_size, coalesce(m.name, c.origin_machine_id)
            from visuals v join cognitive_commits c on c.id = v.commit_id left join machines m on m.machine_id = c.origin_machine_id
            where v.id = $id
            """;
        using var row = command.With("$id", visualId).ExecuteReader();
        if (!row.Read())
        {
            throw new CogCommitException("VisualNotFound", $"There is no visual {visualId} here. Get-CogCommitVisual lists them; Receive-CogCommit brings those of other machines.", ErrorKind.NotFound);
        }

        // A hash names a file: nothing else may, whatever a store that others wrote says.
        return !row.IsDBNull(1) && VisualFiles.IsHash(row.GetString(1))
            ? (row.IsDBNull(0) ? null : row.GetString(0), row.GetString(1), row.GetInt64(2), row.IsDBNull(3) ? "another machine" : row.GetString(3))
            : throw new CogCommitException("VisualPurged", $"Of the visual {visualId} only the row is left: its picture was deleted for good.", ErrorKind.NotFound);
    }

    private static async Task<bool> IsWholeAsync(string path, string hash, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            return await HashAsync(content, cancellationToken).ConfigureAwait(false) == hash;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception refused) when (FileErrors.IsRefusal(refused))
        {
            throw new CogCommitException(
                "VisualUnreadable", $"The picture '{path}' cannot be read: {refused.Message} Mend that, or move the file away and it is fetched from the cloud.", ErrorKind.Unavailable, refused);
        }
    }

    private static async Task<string> HashAsync(Stream content, CancellationToken cancellationToken) =>
        Convert.ToHexString(await SHA256.HashDataAsync(content, cancellationToken).ConfigureAwait(false)).ToLowerInvariant();

    private static CogCommitException NotUploaded(string visualId, string machine) => new(
        "VisualNotUploaded",
        $"The picture of visual {visualId} is not in the cloud yet. Its commit was captured on {machine}: it is sent by Sync-CogCommit there, and can be fetched then.",
        ErrorKind.NotFound);
}
