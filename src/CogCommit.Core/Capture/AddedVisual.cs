using CogCommit.Core.Capture.Rows;
using CogCommit.Core.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Capture;

/// <summary>Adds pictures to commits by hand. They follow the sync as those that were captured.</summary>
public static class AddedVisual
{
    // As in the cloud's tables: a row with more would be refused there.
    private const int MostOfCaption = 10_000;
    private const int MostOfType = 100;

    /// <summary>
    /// Copies the picture into the store's folder, streaming, and writes its row. The same picture in the same place is the same row on every
    /// machine: added again it changes what is said of it, and brings it back where it was removed.
    /// </summary>
    /// <returns>The id of the visual, and whether it is new, changed, or as it was.</returns>
    /// <exception cref="CogCommitException">
    /// NotAPicture, VisualTooLarge, PathNotReadable; CommitNotFound, TurnNotFound, TurnElsewhere, StillQueued; InvalidCaption, InvalidVisualType;
    /// DiskFull, VisualNotWritable. Nothing was added then.
    /// </exception>
    public static string Add(StoreFile store, string file, VisualDraft draft, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(draft);
        Check(draft);
        using var content = Open(file);
        var takenAt = Timestamps.Cut(Min(store.Clock.GetUtcNow(), new DateTimeOffset(File.GetLastWriteTimeUtc(file), TimeSpan.Zero)));
        try
        {
            using var staged = StagedVisual.Copy(store.Home.VisualsPath, content, file, ct);
            return store.Write(transaction => Write(transaction, staged, draft, takenAt, store.Clock));
        }
        catch (Exception refused) when (FileErrors.IsRefusal(refused))
        {
            throw new CogCommitException(
                "VisualNotWritable",
                $"'{file}' cannot be copied into '{store.Home.VisualsPath}': {refused.Message.TrimEnd('.')}. Nothing was added. See that the file can be read, and the folder written.",
                ErrorKind.ReadOnly,
                refused);
        }
    }

    private static string Write(WriteTransaction transaction, StagedVisual staged, VisualDraft draft, DateTimeOffset takenAt, TimeProvider clock)
    {
        var (commitId, rev) = VisualPlace.Of(transaction, draft);
        QueuedPrompts.RefuseAlone(transaction, commitId);
        var path = staged.Keep();
        var id = Visuals.IdOf(draft.TurnId ?? commitId, staged.Hash);
        var writing = new RowWriting(transaction, clean: false);
        if (StoredRows.FindVisual(transaction, id)?.Row is not { } known)
        {
            var row = new VisualRow
            {
                Id = id,
                CommitId = commitId,
                TurnId = draft.TurnId,
                Type = draft.Type ?? VisualDraft.DefaultType,
                CapturedAt = Timestamps.ToText(takenAt),
                Caption = Said(draft.Caption),
                ContentHash = staged.Hash,
                ByteSize = staged.Bytes,
                Mime = staged.Mime,
                Version = 1,
                UpdatedAt = Timestamps.ToText(Timestamps.Cut(clock.GetUtcNow())),
                Rev = rev,
                Hash = "",
            };
            writing.Visual(row with { Hash = CapturedHash.Of(row) }, path);
            return id;
        }

        var said = known with
        {
            Type = draft.Type ?? known.Type,
            Caption = draft.Caption is null ? known.Caption : Said(draft.Caption),
            // Of one that was purged the content is new again.
            ContentHash = staged.Hash,
            ByteSize = staged.Bytes,
            Mime = staged.Mime,
            DeletedAt = null,
        };
        if (said != known)
        {
            writing.Visual(VisualEdit.Of(said, clock.GetUtcNow()), path);
        }

        return id;
    }

    private static FileStream Open(string file)
    {
        try
        {
            return new FileStream(file, new FileStreamOptions { Options = FileOptions.SequentialScan, Share = FileShare.ReadWrite | FileShare.Delete });
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CogCommitException("PathNotFound", $"There is no file '{file}'. Nothing was added.", ErrorKind.NotFound, absent);
        }
        catch (Exception refused) when (FileErrors.IsRefusal(refused))
        {
            throw new CogCommitException("PathNotReadable", $"'{file}' cannot be read, so it was not added: {refused.Message}", ErrorKind.Unavailable, refused);
        }
    }

    private static void Check(VisualDraft draft)
    {
        if (draft.Type is { } type && (type.Length is 0 or > MostOfType || !type.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')))
        {
            throw new CogCommitException(
                "InvalidVisualType", $"'{type}' is no type of a picture: it is one word of letters, digits, - and _, such as screenshot, diagram or mockup.", ErrorKind.InvalidArgument);
        }

        if (draft.Caption?.Length > MostOfCaption)
        {
            throw new CogCommitException("InvalidCaption", $"The caption has {draft.Caption.Length} characters; at most {MostOfCaption} fit. Nothing was added.", ErrorKind.InvalidArgument);
        }
    }

    private static string? Said(string? caption) => string.IsNullOrWhiteSpace(caption) ? null : caption.Trim();

    private static DateTimeOffset Min(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
