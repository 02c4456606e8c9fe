namespace CogCommit.Core.Store;

/// <summary>Removes commits from this machine alone. A marker keeps pull, import and verify from bringing them back.</summary>
/// <remarks>Pictures go with them: what no row names any more is swept.</remarks>
public static class Pruning
{
    // What is too large for the cloud, or was refused by it, is not there either; nor is a picture of which only the row is.
    private const string NotPushed = $"""
        select not {CommitColumns.Filtered} and (c.change_seq > c.pushed_seq
          or exists (select 1 from sessions where commit_id = c.id and change_seq > pushed_seq)
          or exists (select 1 from sessions s cross join turns t on t.session_id = s.id where s.commit_id = c.id and t.change_seq > t.pushed_seq)
          or exists (select 1 from visuals where commit_id = c.id and change_seq > pushed_seq)
          or exists (select 1 from visuals v where v.commit_id = c.id and v.deleted_at is null and v.content_hash is not null and v.path <> ''
            and not exists (select 1 from visual_objects o where o.visual_id = v.id and o.state = 'stored')))
        from cognitive_commits c where c.id = $id
        """;

    // Where git closed it, git closes it again, and every machine cuts there: a boundary of this one would count for nothing but its revisions.
    private const string Mark = """
        insert or replace into pruned_commits (commit_id, agent_session_id, last_turn_id, pruned_at)
        select c.id, c.agent_session_id,
               (select t.id from sessions s join turns t on t.session_id = s.id where s.commit_id = c.id and s.is_subagent = 0 and c.closed_by <> 'git_commit' order by t.ordinal desc limit 1),
               $now
        from cognitive_commits c where c.id = $id
        """;

    /// <summary>One transaction per commit. Without <paramref name="force"/> only what the cloud has, or needs no upload.</summary>
    public static PruneResult Prune(StoreFile store, IEnumerable<string> commitIds, bool force)
    {
        List<string> pruned = [], kept = [];
        foreach (var id in commitIds)
        {
            if (store.Write(transaction => Prune(transaction, id, force, store.Clock.GetUtcNow())) is { } gone)
            {
                (gone ? pruned : kept).Add(id);
            }
        }

        if (pruned.Count > 0)
        {
            VisualSweep.Run(store);
        }

        return new PruneResult(pruned, kept);
    }

    /// <summary>Whether <see cref="Prune(StoreFile, IEnumerable{string}, bool)"/> without force would keep this commit. Nothing is changed.</summary>
    public static bool IsRefused(StoreFile store, string commitId)
    {
        using var reader = store.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = NotPushed;
        return StoreErrors.Explained(store.Home.DatabasePath, command.With("$id", commitId).ExecuteScalar) is not (null or 0L);
    }

    /// <summary>Forgets the markers of these commits: they may come back.</summary>
    internal static void Lift(WriteTransaction transaction, IEnumerable<string> commitIds)
    {
        foreach (var id in commitIds)
        {
            transaction.Execute("delete from pruned_commits where commit_id = $id", ("$id", id));
        }
    }

    /// <summary>Null where there is no such commit; else whether it is gone.</summary>
    private static bool? Prune(WriteTransaction transaction, string id, bool force, DateTimeOffset now)
    {
        if (transaction.Prepare(NotPushed).With("$id", id).ExecuteScalar() is not long notPushed)
        {
            return null;
        }

        if (notPushed != 0 && !force)
        {
            return false;
        }

        transaction.Execute(Mark, ("$id", id), ("$now", now));
        transaction.Execute("delete from conflicts where commit_id = $id", ("$id", id));
        transaction.Execute("delete from cognitive_commits where id = $id", ("$id", id));
        return true;
    }
}
