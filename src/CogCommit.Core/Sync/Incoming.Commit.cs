using CogCommit.Core.Rows;

namespace CogCommit.Core.Sync;

internal sealed partial class Incoming
{
    private void Merge(CommitRow cloud)
    {
        var local = StoredRows.FindCommit(_transaction, cloud.Id);
        if (cloud.Purged)
        {
            Purge(cloud, local);
            return;
        }

        if (local is null)
        {
            Insert(cloud);
            return;
        }

        var here = local.Row;
        // Of the same row the cloud's project and machine count (design 3, rule 10): one guess for all devices.
        var captured = cloud.Captured is null ? here.Captured! : Rows.Merge.Captured(cloud.Captured, here.Captured!);
        var curated = cloud.Curated is null ? here.Curated! : Rows.Merge.Curated(here.Curated!, cloud.Curated);
        var changes = WithTotalsOf(captured, here.Captured!) != here.Captured || curated != here.Curated;
        // A half that the cloud does not have was lost there: it is sent again, but where it came without one (Insert).
        var clean = IsAs(captured, cloud.Captured)
            && (cloud.Curated is null ? here.Curated!.Hash.Length == 0 : Rows.Merge.CompareCurated(curated, cloud.Curated) == 0);
        var change = changes || (!clean && !local.IsPending) ? _transaction.NextChange() : local.ChangeSeq;
        Archive(local, cloud.Curated, ReferenceEquals(curated, cloud.Curated));
        if (changes)
        {
            _writing.Commit(cloud.Id, captured, curated);
            Changed.Add(cloud.Id);
        }

        _transaction.Execute(
            "update cognitive_commits set change_seq = $change, pushed_seq = case when $clean then $change else pushed_seq end, cloud_version = $version, cloud_said = $said where id = $id",
            ("$id", cloud.Id),
            ("$change", change),
            ("$clean", clean),
            ("$version", KnownVersion(local, curated, cloud.Curated)),
            ("$said", cloud.Curated?.Hash));
        _touched.Add(cloud.Id);
    }

    private void Insert(CommitRow cloud)
    {
        var captured = cloud.Captured ?? throw BadAnswer.Of($"a commit ({cloud.Id}) without its captured half");
        var curated = cloud.Curated ?? new CuratedFields { Version = 1, UpdatedAt = captured.StartedAt, Hash = "" };
        _writing.Commit(cloud.Id, captured, curated);
        var change = _transaction.NextChange();
        _transaction.Execute(
            "update cognitive_commits set change_seq = $change, pushed_seq = $change, cloud_version = $version, cloud_said = $said where id = $id",
            ("$id", cloud.Id),
            ("$change", change),
            ("$version", cloud.Curated?.Version ?? 0),
            ("$said", cloud.Curated?.Hash));
        Changed.Add(cloud.Id);
        _touched.Add(cloud.Id);
    }

    /// <summary>The cloud dropped the content for good: so does this device, and keeps the empty row, so that no import brings it back.</summary>
    private void Purge(CommitRow cloud, Stored<CommitRow>? local)
    {
        var deletedAt = cloud.Curated?.DeletedAt ?? local?.Row.Curated!.DeletedAt ?? Timestamps.ToText(_now);
        var curated = (cloud.Curated ?? new CuratedFields { Version = 1, UpdatedAt = deletedAt, Hash = "" }) with { DeletedAt = deletedAt };
        if (local is null)
        {
            _transaction.Execute(
                "insert into cognitive_commits (id, started_at, closed_at, closed_by, updated_at) values ($id, $at, $at, 'session_end', $at)",
                ("$id", cloud.Id),
                ("$at", deletedAt));
        }
        else
        {
            Archive(local, curated, cloudWins: true);
            PurgeTurns(cloud.Id, cloud.Boundary?.ClosedAfter);
            PicturesGone |= _transaction.Execute(
                "delete from visuals where commit_id = $id and not exists (select 1 from turns where turns.id = visuals.turn_id)", ("$id", cloud.Id)) > 0;
            _transaction.Execute(
                "update cognitive_commits set git_subject = null, derived_title = '', files_read = '[]', files_changed = '[]' where id = $id",
                ("$id", cloud.Id));
        }

        if (cloud.Boundary is { } boundary)
        {
            _transaction.Execute(
                "update cognitive_commits set agent_session_id = $session, closed_by = 'explicit', closed_after = $after where id = $id",
                ("$id", cloud.Id),
                ("$session", boundary.AgentSessionId),
                ("$after", boundary.ClosedAfter));
        }

        _writing.Curated(cloud.Id, curated);
        var change = _transaction.NextChange();
        _transaction.Execute(
            "update cognitive_commits set change_seq = $change, pushed_seq = $change, cloud_version = $version, cloud_said = $said where id = $id",
            ("$id", cloud.Id),
            ("$change", change),
            ("$version", curated.Version),
            ("$said", cloud.Curated?.Hash));
        Changed.Add(cloud.Id);
        _touched.Add(cloud.Id);
    }

    /// <summary>
    /// What this machine heard its session say behind the purged commit's end is no part of it, although it may stand there still: it stays
    /// until capture cuts it off (Capture.Boundary.TakeOver), for its transcript may be gone.
    /// </summary>
    private void PurgeTurns(string commitId, string? closedAfter)
    {
        _transaction.Execute(
            """
            delete from turns where session_id in (select id from sessions where commit_id = $id) and not exists (
              select 1 from turns last join sessions s on s.id = turns.session_id
              where last.id = $after and (s.is_subagent = 0 and turns.ordinal > last.ordinal or s.is_subagent <> 0 and s.started_at > last.timestamp))
            """,
            ("$id", commitId),
            ("$after", closedAfter));
        _transaction.Execute(
            "delete from sessions where commit_id = $id and not exists (select 1 from turns where session_id = sessions.id)", ("$id", commitId));
    }

    /// <summary>
    /// Two people, or one on two machines, said something about the same state of a commit. What lost against or to an edit that was not
    /// pushed yet is kept.
    /// </summary>
    private void Archive(Stored<CommitRow> local, CuratedFields? cloud, bool cloudWins)
    {
        var here = local.Row.Curated!;
        if (cloud is null || here.SaysTheSameAs(cloud))
        {
            return;
        }

        var (lost, won) = cloudWins ? (here, cloud) : (cloud, here);
        // An edit the cloud does not know. When it wins, what the cloud has is lost with it, unless it was made on that very state.
        var isEdit = local.IsPending && here.Version > local.CloudVersion;
        var unseen = cloudWins || cloud.Hash != local.CloudSaid;
        if (!lost.IsUntouched && isEdit && unseen
            && Conflict.Add(_transaction, local.Row.Id, lost, won, cloudWins ? ConflictSide.Local : ConflictSide.Cloud, _now))
        {
            Conflicts++;
        }
    }

    /// <summary>
    /// The version the cloud has. When this device's half wins it must be greater than that, or the half would not be sent: for a cloud
    /// that was restored may have an older one of the same number.
    /// </summary>
    private static int KnownVersion(Stored<CommitRow> local, CuratedFields merged, CuratedFields? cloud)
    {
        if (cloud is null)
        {
            return 0;
        }

        return Rows.Merge.CompareCurated(merged, cloud) == 0
            ? cloud.Version
            : Math.Min(Math.Min(local.CloudVersion, cloud.Version), merged.Version - 1);
    }

    private static bool IsAs(CapturedFields merged, CapturedFields? cloud) =>
        cloud is null
        || (Rows.Merge.CompareCaptured(merged.Rev, merged.Hash, cloud.Rev, cloud.Hash) == 0 && merged.Parallel == cloud.Parallel);

    /// <summary>Totals follow from the turns that are here.</summary>
    private static CapturedFields WithTotalsOf(CapturedFields merged, CapturedFields here) =>
        merged with { TurnCount = here.TurnCount, PromptCount = here.PromptCount, Bytes = here.Bytes };
}
