using CogCommit.Core.Store;

namespace CogCommit.Core.Query;

/// <summary>Commits, newest first.</summary>
public static class CommitReader
{
    /// <summary>Streams; the store is read only while the caller asks for more. A commit once given touches it no more.</summary>
    public static IEnumerable<CognitiveCommit> Read(StoreFile store, CommitFilter filter, long skip = 0, long? first = null, CancellationToken ct = default)
    {
        var conditions = CommitConditions.Of(filter)
            .Add("1", ("$first", first ?? -1), ("$skip", skip));
        return Rows.Stream(
            store,
            $"select {CommitColumns.All} from cognitive_commits c where {conditions.Sql} order by c.started_at desc, c.id limit $first offset $skip",
            conditions.Parameters, CommitColumns.Read, ct);
    }

    public static long Count(StoreFile store, CommitFilter filter)
    {
        var conditions = CommitConditions.Of(filter);
        return Rows.Stream(store, $"select count(*) from cognitive_commits c where {conditions.Sql}", conditions.Parameters, row => row.GetInt64(0)).Single();
    }

    /// <summary>Commits, hidden ones too, whose id begins with <paramref name="prefix"/>, in order of id; deleted ones only where they are asked for.</summary>
    public static IReadOnlyList<CognitiveCommit> FindByIdPrefix(StoreFile store, string prefix, int atMost = 10, bool deleted = false) => Rows.Stream(
        store,
        $"select {CommitColumns.All} from cognitive_commits c where c.id >= $prefix and c.id < $prefix || char(1114111) and (c.deleted_at is not null) = $deleted order by c.id limit $most",
        [("$prefix", prefix.ToLowerInvariant()), ("$most", atMost), ("$deleted", deleted)], CommitColumns.Read).ToList();

    /// <summary>The ids, beginning with <paramref name="prefix"/>, of commits that were removed from this machine alone.</summary>
    public static IReadOnlyList<string> FindPruned(StoreFile store, string prefix) => Rows.Stream(
        store,
        "select commit_id from pruned_commits where commit_id >= $prefix and commit_id < $prefix || char(1114111) order by commit_id",
        [("$prefix", prefix.ToLowerInvariant())], row => row.GetString(0)).ToList();

    /// <summary>The commit with this id, hidden or not; null where there is none or it was deleted.</summary>
    public static CognitiveCommit? Find(StoreFile store, string commitId) => Read(
        store, new CommitFilter { CommitIds = [commitId], Visibility = Visibility.All }).FirstOrDefault();
}
