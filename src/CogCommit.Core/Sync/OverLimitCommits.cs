using CogCommit.Core.Store;

namespace CogCommit.Core.Sync;

/// <summary>Commits for which there was no room in the cloud.</summary>
internal static class OverLimitCommits
{
    // A part that was refused for the quota marks its commit; the commit's own row may long be confirmed, and is not sent again when there is room.
    private const string SettledSql = """
        update cognitive_commits set push_state = null
        where push_state = 'over_limit' and change_seq <= pushed_seq
          and not exists (select 1 from sessions s where s.commit_id = cognitive_commits.id and s.change_seq > s.pushed_seq)
          and not exists (select 1 from sessions s join turns t on t.session_id = s.id where s.commit_id = cognitive_commits.id and t.change_seq > t.pushed_seq)
          and not exists (select 1 from visuals v where v.commit_id = cognitive_commits.id and v.change_seq > v.pushed_seq and v.deleted_at is null)
        """;

    /// <summary>The commit is over the limit no more when nothing of it waits.</summary>
    public static void Settle(WriteTransaction transaction, string commitId) => transaction.Execute($"{SettledSql} and id = $id", ("$id", commitId));

    /// <summary>All of them.</summary>
    public static void Settle(WriteTransaction transaction) => transaction.Execute(SettledSql);
}
