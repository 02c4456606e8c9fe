using CogCommit.Core.Store;

namespace CogCommit.Core.Capture.Rows;

/// <summary>Where a picture that is added by hand belongs.</summary>
internal static class VisualPlace
{
    /// <summary>Its commit, and its revision: that of its turn, with which it moves; else none.</summary>
    /// <exception cref="CogCommitException">CommitNotFound, TurnNotFound, TurnElsewhere.</exception>
    public static (string CommitId, string Rev) Of(WriteTransaction transaction, VisualDraft draft)
    {
        if (draft.TurnId is not { } turn)
        {
            return transaction.Prepare("select id from cognitive_commits where id = $id and deleted_at is null").With("$id", draft.CommitId).ExecuteScalar() is string commit
                ? (commit, "")
                : throw new CogCommitException("CommitNotFound", $"There is no commit '{draft.CommitId}' in the store, or it was deleted. Nothing was added.", ErrorKind.NotFound);
        }

        using var row = transaction.Prepare(
            """
            select s.commit_id, t.rev from turns t join sessions s on s.id = t.session_id join cognitive_commits c on c.id = s.commit_id
            where t.id = $id and c.deleted_at is null
            """).With("$id", turn).ExecuteReader();
        if (!row.Read())
        {
            throw new CogCommitException("TurnNotFound", $"There is no turn '{turn}' in the store, or its commit was deleted. Nothing was added.", ErrorKind.NotFound);
        }

        var of = row.GetString(0);
        return draft.CommitId is null || draft.CommitId == of
            ? (of, row.GetString(1))
            : throw new CogCommitException(
                "TurnElsewhere", $"The turn {turn} belongs to the commit {of}, and not to {draft.CommitId}. Nothing was added. Name one of the two alone.", ErrorKind.InvalidArgument);
    }
}
