using CogCommit.Core.Export.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Export.Writing;

internal static class VisualSql
{
    /// <summary>Null when the row is not here. A visual holds both halves: what the user said counts first.</summary>
    public static bool? Wins(WriteTransaction transaction, VisualRow row) => transaction.Prepare("""
        select (version, coalesce(updated_at, ''), rev, coalesce(hash, '')) < ($version, $updated_at, $rev, $hash) from visuals where id = $id
        """).With(("$id", row.Id), ("$version", row.Version), ("$updated_at", row.UpdatedAt ?? ""), ("$rev", row.Rev), ("$hash", row.Hash ?? ""))
        .ExecuteScalar() is long wins ? wins == 1 : null;

    public static void Insert(WriteTransaction transaction, VisualRow row, string? path) => transaction.Execute(
        """
        insert into visuals (id, commit_id, turn_id, type, mime, content_hash, byte_size, path, captured_at, caption, rev, hash, version,
          updated_at, change_seq)
        values ($id, $commit_id, $turn_id, $type, $mime, $content_hash, $byte_size, $path, $captured_at, $caption, $rev, $hash, $version,
          $updated_at, $change)
        """,
        Values(transaction, row, path));

    public static void Update(WriteTransaction transaction, VisualRow row, string? path) => transaction.Execute(
        """
        update visuals set commit_id = $commit_id, turn_id = $turn_id, type = $type, mime = $mime, content_hash = $content_hash,
          byte_size = $byte_size, path = case $path when '' then path else $path end, captured_at = $captured_at, caption = $caption,
          rev = $rev, hash = $hash, version = $version, updated_at = $updated_at, deleted_at = null, change_seq = $change,
          push_state = null, push_error = null
        where id = $id
        """,
        Values(transaction, row, path));

    private static (string, object?)[] Values(WriteTransaction transaction, VisualRow row, string? path) =>
    [
        ("$id", row.Id), ("$commit_id", row.CommitId), ("$turn_id", row.TurnId), ("$type", row.Type), ("$mime", row.Mime),
        ("$content_hash", row.ContentHash), ("$byte_size", row.ByteSize), ("$path", path ?? ""), ("$captured_at", row.CapturedAt),
        ("$caption", row.Caption), ("$rev", row.Rev), ("$hash", row.Hash), ("$version", row.Version), ("$updated_at", row.UpdatedAt),
        ("$change", transaction.NextChange()),
    ];
}
