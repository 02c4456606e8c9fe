using CogCommit.Core.Cloud;
using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Sync;

/// <summary>What the cloud confirmed to a store: good for as long as the cloud knows of it, which one that was restored from a backup may not.</summary>
public static class Confirmations
{
    /// <summary>
    /// Asks the cloud for the last pushes that this store knows of, before something is removed that the cloud is said to have. Nothing is
    /// changed: what follows from the answer, the next sync does.
    /// </summary>
    /// <returns>False: the cloud was restored to a state before one of them, or wiped. Nothing is asked where nothing was ever confirmed.</returns>
    /// <exception cref="CogCommitException">The cloud could not be asked, or (OtherOwner) another one confirmed it.</exception>
    public static async Task<bool> HoldAsync(StoreFile store, ICloud cloud, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(cloud);
        IReadOnlyList<CloudCursor> pushes;
        using (var reader = store.OpenReader())
        {
            var state = SyncState.Read(reader);
            if (state?.WipedAt is not null)
            {
                return false;
            }

            pushes = state is null ? [] : Pushes(reader, state, cloud);
        }

        foreach (var push in pushes)
        {
            if (!PullPage.Read(await cloud.PullAsync(push, maxBytes: 1, cancellationToken).ConfigureAwait(false)).Known)
            {
                return false;
            }
        }

        return true;
    }

    private static IReadOnlyList<CloudCursor> Pushes(SqliteConnection reader, SyncState state, ICloud cloud)
    {
        if (!SyncOwner.Owns(state, cloud.Url, cloud.UserId))
        {
            throw new CogCommitException(
                "OtherOwner", $"This store was synced before as another user, or with {state.CloudUrl}: who is signed in now cannot know.", ErrorKind.Conflict);
        }

        var ahead = PushesAhead.Read(reader);
        return state.Cursor is { } cursor ? [.. ahead, cursor] : ahead;
    }
}
