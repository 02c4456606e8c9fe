using CogCommit.Core.Capture.Rows;
using CogCommit.Core.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Capture;

/// <summary>Removes pictures here and, with the next sync, everywhere.</summary>
public static class VisualRemoval
{
    /// <summary>A mark that travels stays of it, so that no import brings it back. Its file is kept for 30 days: adding it again restores it.</summary>
    /// <exception cref="CogCommitException">VisualNotFound: nothing was changed.</exception>
    public static void Remove(StoreFile store, string visualId)
    {
        ArgumentNullException.ThrowIfNull(store);
        store.Write(transaction =>
        {
            if (StoredRows.FindVisual(transaction, visualId)?.Row is not { DeletedAt: null } row)
            {
                throw new CogCommitException("VisualNotFound", $"There is no picture '{visualId}' in the store, or it was removed. Nothing was changed.", ErrorKind.NotFound);
            }

            var now = store.Clock.GetUtcNow();
            new RowWriting(transaction, clean: false).Visual(VisualEdit.Of(row with { DeletedAt = Timestamps.ToText(Timestamps.Cut(now)) }, now));
        });
    }
}
