using CogCommit.Core.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Sync;

internal sealed partial class Push
{
    private static readonly string[] Tables = ["cognitive_commits", "sessions", "turns", "visuals"];

    /// <summary>Takes an answer into the store: confirmations, losses, refusals, and the cursor.</summary>
    private void Apply(WriteTransaction transaction, IReadOnlyList<OutgoingRow> batch, PushAnswer answer)
    {
        foreach (var row in batch)
        {
            if (!answer.Results.TryGetValue((row.Kind, row.Id), out var result) || !result.IsKnown)
            {
                throw BadAnswer.Of($"no word, or an unknown one, about a {row.Kind.ToString().ToLowerInvariant()} that was sent ({row.Id})");
            }

            if (result.Has(RowAnswer.Accepted))
            {
                _outcome.Pushed.Add(row.CommitId);
            }

            _outcome.Turns += row.Kind == RowKind.Turn ? 1 : 0;
            Apply(transaction, row, result);
        }

        foreach (var commit in batch.Select(row => row.CommitId).Distinct())
        {
            OverLimitCommits.Settle(transaction, commit);
        }

        var incoming = new Incoming(transaction, store.Clock.GetUtcNow());
        incoming.MergeLost(answer.Cloud);
        _outcome.Conflicts += incoming.Conflicts;
        _outcome.PicturesGone |= incoming.PicturesGone;
        _outcome.Behind |= incoming.Incomplete;
        _again |= batch.Any(row => answer.Results[(row.Kind, row.Id)].Curated == RowAnswer.Lost && StillWaits(transaction, row.Id));
        MoveCursor(transaction, answer);
        SyncState.SetSeen(transaction, answer.Seq);
        SyncState.SetQuota(transaction, answer.Quota);
    }

    private void Apply(WriteTransaction transaction, OutgoingRow row, RowAnswer result)
    {
        if (row.Commit?.Curated is { } sent && result.Curated is RowAnswer.Accepted or RowAnswer.Unchanged)
        {
            ConfirmCurated(transaction, row, sent, result.LoweredTo ?? sent.UpdatedAt);
        }

        if (result.Has(RowAnswer.Refused))
        {
            Fail(transaction, row, PushStates.Error, result.Reason ?? "The cloud refused it and gave no reason.");
        }
        else if (result.Has(RowAnswer.OverLimit))
        {
            MarkOverLimit(transaction, row.CommitId);
        }
        else if (result.Has(RowAnswer.ParentMissing))
        {
            SendParentAgain(transaction, row);
        }
        else if (result.IsConfirmed && row.Commit is null or { Captured: not null })
        {
            Confirm(transaction, row);
            VisualQueue.SetPath(transaction, row.Kind == RowKind.Visual ? row.Id : null, result.Path);
        }

        // What lost stays as it is until the cloud's row is merged in.
    }

    /// <summary>What was said here won over what the cloud had meanwhile, and can be sent again now that this is known.</summary>
    private static bool StillWaits(WriteTransaction transaction, string commitId) => transaction.Prepare(
        "select 1 from cognitive_commits where id = $id and change_seq > pushed_seq and version > cloud_version").With("$id", commitId).ExecuteScalar() is not null;

    private static void Confirm(WriteTransaction transaction, OutgoingRow row) => transaction.Execute(
        $"""
        update {Tables[(int)row.Kind]} set pushed_seq = max(pushed_seq, $sent),
          push_state = case when push_state = 'conflict' then push_state end, push_error = null
        where id = $id
        """,
        ("$id", row.Id),
        ("$sent", row.ChangeSeq));

    /// <summary>
    /// The cloud has this version of the user's half, at the time to which it lowered it. An edit made since it was sent is the next
    /// version, on top of this one. The same words at another time are no edit: another process of this store sent them too. And where
    /// another process sent the edit meanwhile, and has the answer, this older answer says nothing new.
    /// </summary>
    private static void ConfirmCurated(WriteTransaction transaction, OutgoingRow row, CuratedFields sent, string time)
    {
        transaction.Execute(
            """
            update cognitive_commits set
              cloud_version = max(cloud_version, $version), cloud_said = $hash,
              version = case when version = $version and updated_at <> $sent and curated_hash is not $hash then version + 1 else version end,
              curated_hash = case when version = $version and updated_at = $sent then $hash else curated_hash end,
              updated_at = case
                when version = $version and updated_at = $sent then $time
                when version = $version and curated_hash = $hash then max(updated_at, $time)
                else updated_at end
            where id = $id
              and not (curated_hash is not null and curated_hash is cloud_said and cloud_version >= $version and (updated_at, curated_hash) > ($time, $hash))
            """,
            ("$id", row.Id),
            ("$version", sent.Version),
            ("$sent", sent.UpdatedAt),
            ("$hash", sent.Hash),
            ("$time", time));
    }

    private void MarkOverLimit(WriteTransaction transaction, string commitId)
    {
        transaction.Execute("update cognitive_commits set push_state = 'over_limit' where id = $id", ("$id", commitId));
        _full = true;
        _blocked.Add(commitId);
        _outcome.OverLimit.Add(commitId);
    }

    private void Fail(WriteTransaction transaction, OutgoingRow row, string state, string? problem)
    {
        transaction.Execute(
            $"update {Tables[(int)row.Kind]} set push_state = $state, push_error = $problem, tried_seq = $sent where id = $id",
            ("$id", row.Id),
            ("$state", state),
            ("$problem", problem ?? "It is larger than the 4 MB that the cloud takes. It stays on this machine."),
            ("$sent", row.ChangeSeq));
        if (row.Kind == RowKind.Commit)
        {
            _blocked.Add(row.CommitId);
        }

        if (state == PushStates.Error)
        {
            _outcome.Failed.Add(row.CommitId);
        }
    }

    /// <summary>The cloud lacks what this row hangs on: it was lost there, or left out. It is sent again with this row, once.</summary>
    private void SendParentAgain(WriteTransaction transaction, OutgoingRow row)
    {
        if (_blocked.Contains(row.CommitId) || row.ParentId is null)
        {
            return;
        }

        if (!_retried.Add((row.Kind, row.Id)))
        {
            Fail(transaction, row, PushStates.Error, "The cloud does not take what this row hangs on.");
            return;
        }

        transaction.Execute("update sessions set pushed_seq = 0 where id = $id and tried_seq < change_seq", ("$id", row.ParentId));
        transaction.Execute("update cognitive_commits set pushed_seq = 0 where id = $id and tried_seq < change_seq", ("$id", row.CommitId));
        _again = true;
    }

    private void MoveCursor(WriteTransaction transaction, PushAnswer answer)
    {
        var cursor = SyncState.Read(transaction.Connection)?.Cursor;
        if (!answer.Follows(cursor))
        {
            // Greater: another device pushed meanwhile. Else the cloud was restored, which the next pull finds out.
            _outcome.Behind = true;
            if (answer.Made is { } ahead)
            {
                PushesAhead.Add(transaction, ahead, answer.BeforePushId);
            }
        }
        else if (answer.Made is { } made)
        {
            SyncState.SetCursor(transaction, made);
        }
    }
}
