namespace CogCommit.Core.Store;

/// <summary>Prompts that were typed while the agent was at work, and that it has not taken up yet.</summary>
internal static class QueuedPrompts
{
    /// <summary>
    /// A commit of such prompts alone may be gone with the next record of its transcript, when they turn out to belong to another one:
    /// what is said of it would go with it.
    /// </summary>
    /// <exception cref="CogCommitException">StillQueued.</exception>
    public static void RefuseAlone(WriteTransaction transaction, string commitId)
    {
        var alone = transaction.Prepare($"""
            select 1 where exists (select 1 from sessions s join turns t on t.session_id = s.id where s.commit_id = $id)
              and not exists (select 1 from sessions s join turns t on t.session_id = s.id where s.commit_id = $id and {CommitColumns.Placed})
            """).With("$id", commitId).ExecuteScalar() is not null;
        if (alone)
        {
            throw new CogCommitException(
                "StillQueued",
                $"The commit {commitId} holds only prompts that the agent has not taken up yet, and nobody knows to which commit they will belong. "
                + "Nothing was changed. When the agent has answered: Import-CogCommit, and try again.",
                ErrorKind.Conflict);
        }
    }
}
