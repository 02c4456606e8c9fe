using CogCommit.Core.Store;

namespace CogCommit.Core.Capture.Rows;

/// <summary>A commit whose turns went to others when its session was cut anew.</summary>
internal sealed class EmptiedCommit(WriteTransaction transaction)
{
    /// <summary>Takes it away, unless turns of anybody are left in it. What was in the cloud becomes a deletion that travels.</summary>
    /// <param name="heir">The commit that holds its first turn now: it gets what the user said.</param>
    public void Remove(string commitId, string? heir, CommitTally tally)
    {
        RemoveSessions([commitId]);
        if (Is("select 1 from sessions where commit_id = $id limit 1", commitId))
        {
            tally.Touch(commitId);
            return;
        }

        if (heir is not null)
        {
            Bequeath(commitId, heir);
            Visuals.Bequeath(transaction, commitId, heir);
        }

        if (Is("select 1 from cognitive_commits where id = $id and (pushed_seq > 0 or cloud_version > 0)", commitId))
        {
            // Two ahead: what somebody says meanwhile of the commit as it was must not bring it back. It goes to the archive.
            if (transaction.Prepare("select updated_at from cognitive_commits where id = $id and deleted_at is null").With("$id", commitId).ExecuteScalar()
                is string before)
            {
                transaction.Execute("""
                    update cognitive_commits set deleted_at = closed_at, version = max(version, cloud_version + 1) + 1, updated_at = $updated, curated_hash = null,
                      change_seq = $seq
                    where id = $id
                    """, ("$id", commitId), ("$updated", Timestamps.Parse(before).AddMicroseconds(1)), ("$seq", transaction.NextChange()));
            }
        }
        else
        {
            transaction.Execute("delete from cognitive_commits where id = $id", ("$id", commitId));
        }

        tally.Gone(commitId);
    }

    /// <summary>Takes away the sessions of these commits from which capture moved every turn.</summary>
    public void RemoveSessions(IEnumerable<string> commitIds)
    {
        foreach (var id in commitIds)
        {
            transaction.Execute("""
                delete from sessions where commit_id = $id and not exists (select 1 from turns t where t.session_id = sessions.id)
                  and exists (select 1 from agent_sessions a where a.agent_session_id = sessions.agent_session_id)
                """, ("$id", id));
        }
    }

    // What the heir has of its own stays.
    private void Bequeath(string from, string heir) => transaction.Execute("""
        update cognitive_commits set
          title = case when cognitive_commits.title is null then f.title else cognitive_commits.title end,
          title_set = case when cognitive_commits.title is null then f.title is not null else cognitive_commits.title_set end,
          project_set = coalesce(cognitive_commits.project_set, f.project_set),
          published = max(cognitive_commits.published, f.published), hidden = max(cognitive_commits.hidden, f.hidden),
          display_order = case when cognitive_commits.display_order = 0 then f.display_order else cognitive_commits.display_order end,
          version = max(cognitive_commits.version, cognitive_commits.cloud_version + 1), updated_at = max(cognitive_commits.updated_at, f.updated_at), curated_hash = null, change_seq = $seq
        from cognitive_commits f
        where f.id = $from and cognitive_commits.id = $heir
          and (f.title is not null or f.project_set is not null or f.published <> 0 or f.hidden <> 0 or f.display_order <> 0)
        """, ("$from", from), ("$heir", heir), ("$seq", transaction.NextChange()));

    private bool Is(string sql, string id) => transaction.Prepare(sql).With("$id", id).ExecuteScalar() is not null;
}
