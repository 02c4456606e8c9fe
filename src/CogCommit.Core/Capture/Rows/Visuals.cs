using System.Buffers.Text;
using CogCommit.Core.Capture.Fold;
using CogCommit.Core.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Capture.Rows;

/// <summary>Pictures: a row each, and a file by its SHA-256, written once.</summary>
internal sealed class Visuals(string folder)
{
    /// <summary>The same picture in the same place is one row, on every machine.</summary>
    /// <param name="ownerId">Of its turn, else of its commit.</param>
    /// <param name="contentHash">SHA-256, lower-case hex.</param>
    public static string IdOf(string ownerId, string contentHash) => Ids.V5(Ids.Namespace, $"{ownerId}\n{contentHash}");

    public void Write(WriteTransaction transaction, long session, IReadOnlyList<ImageEntry> images, CommitTally tally)
    {
        var writer = new RowWriter(transaction, null);
        foreach (var image in images)
        {
            if (Place(transaction, session, image.TurnId) is not var (commitId, rev) || Content(image.Image) is not { } bytes)
            {
                continue;
            }

            var hash = VisualFiles.HashOf(bytes);
            var id = IdOf(image.TurnId, hash);
            if (IsRemoved(transaction, id))
            {
                continue;
            }

            writer.Write(new CapturedVisual
            {
                Id = id,
                CommitId = commitId,
                TurnId = image.TurnId,
                Type = "image",
                Mime = PictureType.Of(bytes.AsSpan(0, Math.Min(bytes.Length, PictureType.HeadLength)), image.Image.MediaType),
                ContentHash = hash,
                ByteSize = bytes.Length,
                CapturedAt = image.Time,
            }, VisualFiles.Write(folder, hash, bytes), rev);
            tally.Touch(commitId);
        }
    }

    /// <summary>Why a picture of a transcript is passed over; null when it is kept.</summary>
    public static string? Problem(CapturedImage image) =>
        !Base64.IsValid(image.Base64, out var length) || length == 0 ? "A picture in it is no base64, and was passed over."
        : length > PictureType.MostBytes ? $"A picture in it has {length} bytes, more than 50 MB, and was passed over."
        : null;

    /// <summary>A picture goes with its turn, and has its revision.</summary>
    public static void Move(WriteTransaction transaction, string turnId, string commitId)
    {
        if (transaction.Prepare("select rev from turns where id = $t").With("$t", turnId).ExecuteScalar() is not string rev)
        {
            return;
        }

        var moved = Read(transaction, "v.turn_id = $id and v.deleted_at is null and (v.commit_id <> $other or v.rev < $rev)", turnId, commitId, rev);
        var writing = new RowWriting(transaction, clean: false);
        foreach (var row in moved.Select(row => row with { CommitId = commitId, Rev = rev }))
        {
            writing.Visual(row with { Hash = CapturedHash.Of(row) });
        }
    }

    /// <summary>What was added by hand to a commit that is no more belongs to the one that holds its first turn now. Every machine does the same.</summary>
    public static void Bequeath(WriteTransaction transaction, string commitId, string heir)
    {
        var writing = new RowWriting(transaction, clean: false);
        foreach (var row in Read(transaction, "v.commit_id = $id and v.turn_id is null and v.deleted_at is null", commitId, heir, ""))
        {
            writing.Visual(VisualEdit.Of(row with { CommitId = heir }, DateTimeOffset.MinValue));
        }
    }

    private static List<VisualRow> Read(WriteTransaction transaction, string condition, string id, string other, string rev)
    {
        using var row = transaction.Prepare($"select {StoredRows.VisualColumns} from visuals v where {condition} order by v.id")
            .With(("$id", id), ("$other", other), ("$rev", rev)).ExecuteReader();
        List<VisualRow> rows = [];
        while (row.Read())
        {
            rows.Add(StoredRows.Visual(row).Row);
        }

        return rows;
    }

    private static (string CommitId, string Rev)? Place(WriteTransaction transaction, long session, string turnId)
    {
        using var reader = transaction.Prepare("""
            select s.commit_id, t.rev from turns t join sessions s on s.id = t.session_id
              join captured_turns f on f.turn_id = t.id and f.session = $s and f.owned = 1
            where t.id = $id
            """).With(("$s", session), ("$id", turnId)).ExecuteReader();
        return reader.Read() ? (reader.GetString(0), reader.GetString(1)) : null;
    }

    /// <summary>The user removed it: neither its row nor its file comes back with the transcript.</summary>
    private static bool IsRemoved(WriteTransaction transaction, string id) =>
        transaction.Prepare("select 1 from visuals where id = $id and deleted_at is not null").With("$id", id).ExecuteScalar() is not null;

    private static byte[]? Content(CapturedImage image)
    {
        if (Problem(image) is not null)
        {
            return null;
        }

        var bytes = new byte[image.Base64.Length];
        return Convert.TryFromBase64String(image.Base64, bytes, out var length) ? bytes[..length] : null;
    }
}
