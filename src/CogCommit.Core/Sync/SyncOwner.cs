using System.Globalization;
using CogCommit.Core.Store;

namespace CogCommit.Core.Sync;

/// <summary>One store belongs to one cloud and one user there: cursor and confirmations mean nothing elsewhere.</summary>
public static class SyncOwner
{
    /// <summary>
    /// Makes the store belong to this user of this cloud. Where it belongs to another one it is refused, unless forced: then it starts
    /// anew, and everything in it waits for a push.
    /// </summary>
    /// <exception cref="CogCommitException">OtherOwner: it belongs to somebody else.</exception>
    public static void Claim(StoreFile store, Uri cloudUrl, string userId, bool force)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(cloudUrl);
        var url = cloudUrl.AbsoluteUri.TrimEnd('/');
        using (var reader = store.OpenReader())
        {
            if (SyncState.Read(reader) is { } state && IsOf(state, url, userId))
            {
                return;
            }
        }

        store.Write(transaction =>
        {
            if (SyncState.Read(transaction.Connection) is { } state)
            {
                if (IsOf(state, url, userId))
                {
                    return;
                }

                if (!force)
                {
                    throw Refused(transaction, state, url);
                }
            }

            StartAnew(transaction);
            transaction.Execute("insert into sync_state (cloud_url, user_id) values ($url, $user)", ("$url", url), ("$user", userId));
        });
    }

    /// <summary>
    /// The cloud is not known to have anything: everything waits for a push, but stays as it is. What the cloud already has it will answer
    /// as unchanged; where it has something else that somebody said, that and what was said here meet as two edits do.
    /// </summary>
    internal static void MarkAllForPush(WriteTransaction transaction)
    {
        var change = transaction.NextChange();
        foreach (var table in Tables)
        {
            transaction.Execute($"update {table} set change_seq = $change where change_seq = 0", ("$change", change));
            transaction.Execute($"update {table} set pushed_seq = 0, tried_seq = 0 where pushed_seq <> 0 or tried_seq <> 0");
        }

        // Whether it has the pictures is asked anew.
        transaction.Execute("delete from visual_objects");
        transaction.Execute("update cognitive_commits set cloud_version = 0, cloud_said = null where cloud_version <> 0 or cloud_said is not null");
    }

    /// <summary>As if this store had never been synced with its cloud: the user wants its history up there again.</summary>
    internal static void UploadAgain(WriteTransaction transaction, SyncState state)
    {
        StartAnew(transaction);
        transaction.Execute("insert into sync_state (cloud_url, user_id) values ($url, $user)", ("$url", state.CloudUrl), ("$user", state.UserId));
    }

    /// <summary>Whether the store belongs to this user of this cloud.</summary>
    internal static bool Owns(SyncState? state, Uri cloudUrl, string userId) => state is not null && IsOf(state, cloudUrl.AbsoluteUri.TrimEnd('/'), userId);

    private static readonly string[] Tables = ["cognitive_commits", "sessions", "turns", "visuals"];

    private static void StartAnew(WriteTransaction transaction)
    {
        transaction.Execute("delete from sync_state");
        transaction.Execute("update visuals set cloud_url = null where cloud_url is not null");
        PushesAhead.Forget(transaction);
        MarkAllForPush(transaction);
        foreach (var table in Tables)
        {
            transaction.Execute(
                $"update {table} set push_state = null, push_error = null where push_state is not null and push_state <> 'conflict'");
        }
    }

    private static bool IsOf(SyncState state, string url, string userId) =>
        string.Equals(state.CloudUrl, url, StringComparison.Ordinal) && string.Equals(state.UserId, userId, StringComparison.OrdinalIgnoreCase);

    private static CogCommitException Refused(WriteTransaction transaction, SyncState state, string url)
    {
        var commits = (long)transaction.Prepare(
            "select count(*) from cognitive_commits where deleted_at is null and turn_count > 0 and warmup = 0").ExecuteScalar()!;
        var whose = state.CloudUrl == url ? "another user of the same cloud" : $"a user of {state.CloudUrl}";
        return new CogCommitException(
            "OtherOwner",
            $"This store was synced before as {whose}. Nothing was changed. With -Force it starts anew and uploads "
            + $"{commits.ToString("N0", CultureInfo.InvariantCulture)} commits to {url}; or keep the two apart by another COGCOMMIT_HOME.",
            ErrorKind.Conflict);
    }
}
