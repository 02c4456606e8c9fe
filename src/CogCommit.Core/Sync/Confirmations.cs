using CogCommit.Core.Cloud;
using CogCommit.Core.Store;

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
        foreach (var push in Pushes(store, cloud))
        {
            if (!PullPage.Read(await cloud.PullAsync(push, maxBytes: 1, cancellationToken).ConfigureAwait(false)).Known)
            {
                return false;
            }
        }

        return true;
    }

    private static List<CloudCursor> Pushes(StoreFile store, ICloud cloud)
    {
        using var reader = store.OpenReader();
        if (SyncState.Read(reader) is not { } state)
        {
            return [];
        }

        if (!SyncOwner.Owns(state, cloud.Url, cloud.UserId))
        {
            throw new CogCommitException(
                "OtherOwner", $"This store was synced before as another user, or with {state.CloudUrl}: who is signed in now cannot know.", ErrorKind.Conflict);
        }

        List<CloudCursor> pushes = [.. PushesAhead.Read(reader)];
        if (state.Cursor is { } cursor)
        {
            pushes.Add(cursor);
        }

        return pushes;
    }
}
