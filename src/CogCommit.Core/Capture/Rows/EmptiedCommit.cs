using CogCommit.Core.Store;

namespace CogCommit.Core.Capture.Rows;

/// <summary>A commit whose turns went to others when its session was cut anew.</summary>
internal sealed class EmptiedCommit(WriteTransaction transaction)
{
    /// <summary>Takes it away, unless turns of anybody are left in it. What was in the cloud becomes a deletion that travels.</summary>
    public void Remove(string commitId, CommitTally tally)
    {
        transaction.Execute("delete from sessions where commit_id = $id and not exists (select 1 from turns t where t.session_id = sessions.id)", ("$id", commitId));
        if (transaction.Prepare("select 1 from sessions where commit_id = $id limit 1").With("$id", commitId).ExecuteScalar() is not null)
        {
            tally.Touch(commitId);
            return;
        }

        var travelled = transaction.Prepare("select 1 from cognitive_commits where id = $id and (pushed_seq > 0 or cloud_version > 0)").With("$id", commitId).ExecuteScalar() is not null;
        if (travelled)
        {
            transaction.Execute("""
                update cognitive_commits set deleted_at = closed_at, version = max(version, cloud_version + 1), change_seq = $seq
                where id = $id and deleted_at is null
                """, ("$id", commitId), ("$seq", transaction.NextChange()));
        }
        else
        {
            transaction.Execute("delete from cognitive_commits where id = $id", ("$id", commitId));
        }

        tally.Gone(commitId);
    }
}
