using CogCommit.Core.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Capture;

/// <summary>Deletes commits here and, with the next sync, everywhere.</summary>
public static class Deletion
{
    /// <summary>
    /// An open commit is closed first, behind the last turn that its deleter knows: so every machine cuts its session at the same turn,
    /// and what was said later, or elsewhere meanwhile, is not deleted with it. Its content is kept until the cloud purges it.
    /// </summary>
    /// <exception cref="CogCommitException">CommitNotFound; StillQueued.</exception>
    public static void Delete(StoreFile store, string commitId)
    {
        ArgumentNullException.ThrowIfNull(store);
        store.Write(transaction =>
        {
            Curation.Delete(transaction, commitId, store.Clock);
            Close(transaction, commitId);
        });
    }

    private static void Close(WriteTransaction transaction, string commitId)
    {
        var row = StoredRows.FindCommit(transaction, commitId)!.Row.Captured!;
        // Rows of the original have no revision, and no transcript that would go on.
        if (row.ClosedBy != "session_end" || Revision.CutsOf(row.Rev) is null || LastTurn(transaction, commitId) is not { } last)
        {
            return;
        }

        var closed = row with { ClosedBy = "explicit", ClosedAfter = last };
        transaction.Execute(
            "update cognitive_commits set closed_by = $by, closed_after = $after, rev = $rev, hash = $hash where id = $id",
            ("$id", commitId),
            ("$by", closed.ClosedBy),
            ("$after", last),
            ("$rev", Revision.Cut(row.Rev)),
            ("$hash", CapturedHash.Of(commitId, closed)));
    }

    private static string? LastTurn(WriteTransaction transaction, string commitId) => transaction.Prepare(
        """
        select t.id from sessions s join turns t on t.session_id = s.id where s.commit_id = $id and s.is_subagent = 0
        order by t.ordinal desc limit 1
        """).With("$id", commitId).ExecuteScalar() as string;
}
