using System.Globalization;
using System.Text.Json;
using CogCommit.Core.Cloud;
using CogCommit.Core.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Sync;

/// <summary>
/// Somebody wiped the cloud, here or on another machine. What is here stays as it is, and nothing is sent or brought until the user says
/// that this machine's history is to be uploaded again: else whichever machine synced first would undo the wipe.
/// </summary>
internal static class WipedCloud
{
    /// <summary>What cogcommit_push answers to a device that does not know yet (docs/sync-protocol.md, "Wipe").</summary>
    public const string Code = "PT410";

    /// <summary>Lets a sync begin, or says why not.</summary>
    /// <param name="store">This side.</param>
    /// <param name="uploadAgain">The user wants everything sent: then this store begins with its cloud anew.</param>
    public static void Check(StoreFile store, bool uploadAgain)
    {
        SyncState? state;
        using (var reader = store.OpenReader())
        {
            state = SyncState.Read(reader);
        }

        if (state?.WipedAt is null)
        {
            return;
        }

        if (!uploadAgain)
        {
            throw Stopped(state);
        }

        store.Write(transaction =>
        {
            if (SyncState.Read(transaction.Connection) is { WipedAt: not null } now)
            {
                SyncOwner.UploadAgain(transaction, now);
            }
        });
    }

    /// <summary>Remembers it, and gives what the user is told.</summary>
    public static CogCommitException Learn(StoreFile store, string? wipedAt) => store.Write(transaction =>
    {
        transaction.Execute("update sync_state set wiped_at = $at, quota = null", ("$at", wipedAt ?? Timestamps.ToText(store.Clock.GetUtcNow())));
        return Stopped(SyncState.Read(transaction.Connection)!);
    });

    /// <summary>A push was refused for it. When it was, a pull tells.</summary>
    public static async Task<CogCommitException> LearnAsync(StoreFile store, ICloud cloud, CancellationToken cancellationToken)
    {
        var page = PullPage.Read(await cloud.PullAsync(null, 1, cancellationToken).ConfigureAwait(false));
        return Learn(store, page.WipedAt);
    }

    public static CloudWipe Read(JsonElement json) => BadAnswer.Reading(() =>
    {
        var answer = new RowReader(json, "answer to a wipe");
        Protocol.Check(json);
        return new CloudWipe
        {
            Commits = answer.Number("commits"),
            Machines = answer.Number("machines"),
            Bytes = answer.LongNumber("bytes"),
            WipedAt = answer.TimeOrNull("wiped_at") is { } time ? Timestamps.Parse(time) : null,
        };
    });

    /// <summary>What the user is told as long as he did not decide.</summary>
    public static CogCommitException Stopped(SyncState state)
    {
        var day = Timestamps.Parse(state.WipedAt!).ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return new CogCommitException(
            "CloudWiped",
            $"The cloud at {state.CloudUrl} was wiped on {day}. Nothing on this machine was changed, and nothing is synced any more. "
            + "Push-CogCommit -Force, without -Project and ids, uploads this machine's history again; if that is what you just typed, type it again.",
            ErrorKind.Conflict);
    }
}
