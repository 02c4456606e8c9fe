using CogCommit.Core.Store;

namespace CogCommit.Core.Sync;

/// <summary>What is to be sent. The decisions are pure: states in, actions out.</summary>
public static class PushPlan
{
    /// <summary>What a push would do now, newest commits first.</summary>
    public static IEnumerable<PushPlanItem> Of(StoreFile store, PushOptions options)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        using var reader = store.OpenReader();
        var room = new Room(SyncState.Read(reader)?.Quota);
        foreach (var commit in Queue.Commits(reader, options))
        {
            var action = Decide(commit, room, options.Retry || options.Force);
            if (action == PushAction.Push && commit is { Confirmed: false, Deleted: false } && commit.PushState != PushStates.OverLimit && !room.TryTake(commit))
            {
                // A push would ask the cloud, which knows best; but this is what it will say.
                action = PushAction.OverLimit;
            }

            yield return new PushPlanItem
            {
                CommitId = commit.Id,
                Title = commit.Title,
                ProjectName = commit.ProjectName,
                Action = Word(action),
                Turns = commit.Deleted ? 0 : commit.Turns,
                Bytes = commit.Deleted ? 0 : commit.TurnBytes,
            };
        }
    }

    /// <param name="commit">A commit of which something waits.</param>
    /// <param name="room">What the quota leaves; asked only for what was over the limit before, since anything else the cloud decides.</param>
    /// <param name="retry">Try again what was refused.</param>
    internal static PushAction Decide(CommitState commit, Room room, bool retry)
    {
        // What the cloud has already is kept in step, whatever it is: only what is not there needs no upload.
        if (!commit.Confirmed && (commit.TurnCount == 0 || commit.Warmup))
        {
            return PushAction.Filtered;
        }

        if (commit.PushState == PushStates.OverLimit && !commit.Deleted)
        {
            return retry || room.TryTake(commit) ? PushAction.Push
                : commit.Confirmed && commit.EditWaits ? PushAction.PushEdit
                : PushAction.OverLimit;
        }

        if (!retry && (commit.RowRefused || !commit.HasFreshRows))
        {
            return commit.HasErrors ? PushAction.Error : PushAction.TooLarge;
        }

        return PushAction.Push;
    }

    /// <summary>
    /// Packs rows, in their order, into batches that the cloud takes: of at most so many rows and bytes, or one row that is larger by itself.
    /// </summary>
    internal static IEnumerable<IReadOnlyList<OutgoingRow>> Pack(IEnumerable<OutgoingRow> rows, BatchLimits limits)
    {
        List<OutgoingRow> batch = [];
        long bytes = 0;
        var count = 0;
        foreach (var row in rows)
        {
            if (batch.Count > 0 && (count + row.Rows > limits.Rows || bytes + row.Json.Length > limits.Bytes))
            {
                yield return batch;
                batch = [];
                bytes = 0;
                count = 0;
            }

            batch.Add(row);
            bytes += row.Json.Length;
            count += row.Rows;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private static string Word(PushAction action) => action switch
    {
        PushAction.Push or PushAction.PushEdit => "push",
        PushAction.Filtered => "filtered",
        PushAction.OverLimit => PushStates.OverLimit,
        PushAction.TooLarge => PushStates.TooLarge,
        _ => PushStates.Error,
    };
}
