namespace CogCommit.Core.Store;

/// <summary>Whether there is something left of a deleted commit that could come back.</summary>
internal static class DeletedContent
{
    /// <exception cref="CogCommitException">CommitPurged: nothing is left of it here.</exception>
    public static void Require(WriteTransaction transaction, string commitId)
    {
        if (transaction.Prepare("select 1 from sessions s join turns t on t.session_id = s.id where s.commit_id = $id limit 1")
            .With("$id", commitId).ExecuteScalar() is null)
        {
            throw new CogCommitException(
                "CommitPurged",
                $"Of the deleted commit {commitId} nothing is left on this machine, so it was not restored. What was deleted is purged after 30 days; "
                + "one that was deleted before it was ever pushed is only on the machine that deleted it, and can be restored there.",
                ErrorKind.NotFound);
        }
    }
}
