using CogCommit.Core.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Sync;

/// <summary>The user decides between two edits that met. What he does not keep stays in the archive, and he may decide otherwise later.</summary>
public static class ConflictResolution
{
    /// <summary>
    /// The fields in which the two differ come to say what the side to keep says; the others stay as they are. That is an edit, which
    /// travels; where the commit says it already nothing is edited.
    /// </summary>
    /// <exception cref="CogCommitException">ConflictNotFound; CommitNotFound or CommitPurged: nothing is left that could be edited.</exception>
    public static void Resolve(StoreFile store, string conflictId, ConflictSide keep)
    {
        ArgumentNullException.ThrowIfNull(store);
        var now = store.Clock.GetUtcNow();
        store.Write(transaction =>
        {
            var entry = Conflict.Find(transaction, conflictId, now);
            var local = StoredRows.FindCommit(transaction, entry.CommitId) ?? throw NotHere(entry.CommitId);
            var here = local.Row.Curated!;
            var differing = CuratedField.Between(entry.Lost, entry.Won).ToList();
            var kept = differing.Aggregate(here, (fields, field) => field.Put(fields, entry.Of(keep)));
            if (!kept.SaysTheSameAs(here))
            {
                if (here.DeletedAt is not null && kept.DeletedAt is null)
                {
                    DeletedContent.Require(transaction, entry.CommitId);
                }

                if (differing.Exists(field => field.Differs(here, entry.Local) && field.Differs(here, entry.Cloud)))
                {
                    Conflict.Keep(transaction, entry.CommitId, here, kept, now);
                }

                CuratedEdit.Say(transaction, local, kept, now);
            }

            Conflict.Close(transaction, entry, now);
        });
    }

    private static CogCommitException NotHere(string commitId) => new(
        "CommitNotFound",
        $"The commit {commitId} is not in this store any more, so nothing was changed. If it was only removed from this machine, Receive-CogCommit {commitId} brings it back.",
        ErrorKind.NotFound);
}
