using System.Text.RegularExpressions;

namespace CogCommit.Core.Store;

/// <summary>The user's own fields of a commit. They travel, and merge by version.</summary>
public static partial class Curation
{
    // The version stays one above what the cloud confirmed, however often it is edited until then: so two machines that edited the same
    // confirmed state meet at equal versions, and the later edit wins. Time never goes back within a commit, whatever the clock does.
    // Nor does the version, when a restored cloud no longer has what it confirmed.
    private const string NewVersion = "version = max(version, cloud_version + 1), updated_at = $updated, curated_hash = null, change_seq = $change";

    private const string Change = $"""
        update cognitive_commits set
          title = case when $title is null then title else nullif($title, '') end,
          title_set = case when $title is null then title_set else $title <> '' end,
          project_set = case when $project is null then project_set else nullif($project, '') end,
          hidden = coalesce($hidden, hidden), published = coalesce($published, published), display_order = coalesce($order, display_order),
          {NewVersion}
        where id = $id and (
          $title is not null and (coalesce(title, '') <> $title or title_set <> ($title <> ''))
          or $project is not null and coalesce(project_set, '') <> $project
          or hidden <> coalesce($hidden, hidden) or published <> coalesce($published, published) or display_order <> coalesce($order, display_order))
        """;

    /// <summary>Makes the change, if it is one, and gives the commit as it now is.</summary>
    /// <exception cref="CogCommitException">CommitNotFound; StillQueued.</exception>
    public static CognitiveCommit Apply(StoreFile store, string commitId, CurationChange change) => store.Write(transaction =>
    {
        var previous = UpdatedAt(transaction, commitId);
        QueuedPrompts.RefuseAlone(transaction, commitId);
        transaction.Execute(Change,
            ("$id", commitId), ("$title", change.Title is null ? null : WhiteSpace().Replace(change.Title, " ").Trim()), ("$project", change.Project?.Trim()),
            ("$hidden", change.Hidden), ("$published", change.Published), ("$order", change.DisplayOrder),
            ("$updated", After(previous, store.Clock)), ("$change", transaction.NextChange()));
        return CommitColumns.Find(transaction.Connection, commitId)!;
    });

    /// <summary>What the user says of a commit when he deletes it (Capture.Deletion does the rest).</summary>
    internal static void Delete(WriteTransaction transaction, string commitId, TimeProvider clock)
    {
        var previous = UpdatedAt(transaction, commitId);
        QueuedPrompts.RefuseAlone(transaction, commitId);
        transaction.Execute($"update cognitive_commits set deleted_at = $now, {NewVersion} where id = $id",
            ("$id", commitId), ("$now", clock.GetUtcNow()), ("$updated", After(previous, clock)), ("$change", transaction.NextChange()));
    }

    /// <summary>Takes a deletion back, here and, with the next sync, everywhere, and gives the commit as it now is.</summary>
    /// <exception cref="CogCommitException">CommitNotFound; CommitPurged: its content is gone.</exception>
    public static CognitiveCommit Restore(StoreFile store, string commitId) => store.Write(transaction =>
    {
        var previous = transaction.Prepare("select updated_at from cognitive_commits where id = $id and deleted_at is not null").With("$id", commitId).ExecuteScalar()
            ?? throw new CogCommitException("CommitNotFound", $"There is no deleted commit '{commitId}' in the store. Nothing was changed.", ErrorKind.NotFound);
        DeletedContent.Require(transaction, commitId);
        var before = Timestamps.TryParse((string)previous, out var time) ? time : DateTimeOffset.MinValue;
        transaction.Execute($"update cognitive_commits set deleted_at = null, {NewVersion} where id = $id",
            ("$id", commitId), ("$updated", After(before, store.Clock)), ("$change", transaction.NextChange()));
        return CommitColumns.Find(transaction.Connection, commitId)!;
    });

    private static DateTimeOffset UpdatedAt(WriteTransaction transaction, string commitId)
    {
        var text = transaction.Prepare("select updated_at from cognitive_commits where id = $id and deleted_at is null").With("$id", commitId).ExecuteScalar()
            ?? throw new CogCommitException("CommitNotFound", $"There is no commit '{commitId}' in the store, or it was deleted. Nothing was changed.", ErrorKind.NotFound);
        return Timestamps.TryParse((string)text, out var time) ? time : DateTimeOffset.MinValue;
    }

    private static DateTimeOffset After(DateTimeOffset previous, TimeProvider clock)
    {
        var now = Timestamps.Cut(clock.GetUtcNow());
        return now > previous ? now : previous.AddMicroseconds(1);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
