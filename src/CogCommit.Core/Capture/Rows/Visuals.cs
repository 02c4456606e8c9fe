using CogCommit.Core.Capture.Fold;
using CogCommit.Core.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Capture.Rows;

/// <summary>Pictures: a row each, and a file by its SHA-256, written once.</summary>
internal sealed class Visuals(string folder)
{
    public void Write(WriteTransaction transaction, long session, IReadOnlyList<ImageEntry> images, CommitTally tally)
    {
        var writer = new RowWriter(transaction, null);
        foreach (var image in images)
        {
            using var reader = transaction.Prepare("""
                select s.commit_id, t.rev from turns t join sessions s on s.id = t.session_id
                  join captured_turns f on f.turn_id = t.id and f.session = $s and f.owned = 1
                where t.id = $id
                """).With(("$s", session), ("$id", image.TurnId)).ExecuteReader();
            if (!reader.Read() || Content(image) is not { } bytes)
            {
                continue;
            }

            var hash = VisualFiles.HashOf(bytes);
            var (commitId, rev) = (reader.GetString(0), reader.GetString(1));
            reader.Dispose();
            writer.Write(new CapturedVisual
            {
                Id = Ids.V5(Ids.Namespace, $"{image.TurnId}\n{hash}"),
                CommitId = commitId,
                TurnId = image.TurnId,
                Type = "image",
                Mime = image.Image.MediaType,
                ContentHash = hash,
                ByteSize = bytes.Length,
                CapturedAt = image.Time,
            }, VisualFiles.Write(folder, hash, bytes), rev);
            tally.Touch(commitId);
        }
    }

    /// <summary>A picture goes with its turn, and has its revision.</summary>
    public static void Move(WriteTransaction transaction, string turnId, string commitId)
    {
        if (transaction.Prepare("select rev from turns where id = $t").With("$t", turnId).ExecuteScalar() is not string rev)
        {
            return;
        }

        var moved = new List<(CapturedVisual Row, string Path)>();
        using (var reader = transaction.Prepare("""
            select id, type, mime, content_hash, byte_size, captured_at, caption, path from visuals where turn_id = $t and (commit_id <> $c or rev < $rev)
            """).With(("$t", turnId), ("$c", commitId), ("$rev", rev)).ExecuteReader())
        {
            while (reader.Read())
            {
                moved.Add((new CapturedVisual
                {
                    Id = reader.GetString(0),
                    CommitId = commitId,
                    TurnId = turnId,
                    Type = reader.GetString(1),
                    Mime = reader.IsDBNull(2) ? null : reader.GetString(2),
                    ContentHash = reader.IsDBNull(3) ? null : reader.GetString(3),
                    ByteSize = reader.GetInt64(4),
                    CapturedAt = Timestamps.Parse(reader.GetString(5)),
                    Caption = reader.IsDBNull(6) ? null : reader.GetString(6),
                }, reader.GetString(7)));
            }
        }

        if (moved.Count == 0)
        {
            return;
        }

        var writer = new RowWriter(transaction, null);
        moved.ForEach(visual => writer.Write(visual.Row, visual.Path, rev));
    }

    private static byte[]? Content(ImageEntry image)
    {
        var bytes = new byte[image.Image.Base64.Length];
        return Convert.TryFromBase64String(image.Image.Base64, bytes, out var length) && length > 0 ? bytes[..length] : null;
    }
}
