using CogCommit.Core.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Sync;

internal sealed partial class Incoming
{
    /// <summary>False when its commit is not here.</summary>
    private bool Merge(SessionRow cloud)
    {
        if (!IsHere(cloud.CommitId))
        {
            return false;
        }

        if (StoredRows.FindSession(_transaction, cloud.Id) is not { } local)
        {
            _perhapsEmpty.Add(cloud.Id);
        }
        else if (Settle("sessions", cloud.Id, local, Rows.Merge.CompareCaptured(cloud.Rev, cloud.Hash, local.Rev, local.Hash)))
        {
            _touched.Add(local.Parent);
        }
        else
        {
            return true;
        }

        _writing.Session(cloud);
        Changed.Add(cloud.CommitId);
        _touched.Add(cloud.CommitId);
        return true;
    }

    /// <summary>False when its session is not here.</summary>
    private bool Merge(TurnRow cloud)
    {
        // Asked for once: turns come by the hundred, and where a session belongs they do not change.
        if (!_commitOf.TryGetValue(cloud.SessionId, out var commit))
        {
            commit = StoredRows.CommitOfSession(_transaction, cloud.SessionId);
            _commitOf.Add(cloud.SessionId, commit);
        }

        if (commit is null)
        {
            return false;
        }

        if (StoredRows.FindTurn(_transaction, cloud.Id) is { } local)
        {
            // The hash knows the session: the same row under another one was moved by hand.
            var order = Rows.Merge.CompareCaptured(cloud.Rev, cloud.Hash, local.Rev, local.Hash);
            if (!Settle("turns", cloud.Id, local, order == 0 && local.Parent != cloud.SessionId ? 1 : order))
            {
                NoteElsewhere(cloud, local);
                NotePlaced(cloud.Id);
                return true;
            }

            Leaves(local.Parent, cloud.SessionId);
        }

        _writing.Turn(cloud);
        _came.Add(cloud.Id);
        Turns++;
        Changed.Add(commit);
        _touched.Add(commit);
        return true;
    }

    /// <summary>False when its commit is not here.</summary>
    private bool Merge(VisualRow cloud)
    {
        if (!IsHere(cloud.CommitId))
        {
            return false;
        }

        if (StoredRows.FindVisual(_transaction, cloud.Id) is { } stored)
        {
            // Whoever wins, the cloud has a row, and its picture lies there.
            VisualQueue.SetPath(_transaction, cloud.Id, cloud.CloudPath);
            var local = new StoredRevision(stored.Row.Rev, stored.Row.Hash, stored.Row.CommitId, stored.ChangeSeq, stored.PushedSeq);
            if (!Settle("visuals", cloud.Id, local, Rows.Merge.CompareVisuals(cloud, stored.Row)))
            {
                return true;
            }

            _touched.Add(local.Parent);
        }

        _writing.Visual(cloud);
        PicturesGone |= cloud.ContentHash is null;
        Changed.Add(cloud.CommitId);
        return true;
    }

    /// <summary>The cloud has this turn in a commit that was pruned here: if its row wins, the turn left this device with it.</summary>
    private void LeaveTo(TurnRow cloud, bool pruned)
    {
        if (pruned && StoredRows.FindTurn(_transaction, cloud.Id) is { } local && Rows.Merge.CompareCaptured(cloud.Rev, cloud.Hash, local.Rev, local.Hash) > 0)
        {
            Leaves(local.Parent, cloud.SessionId);
            _transaction.Execute("delete from turns where id = $id", ("$id", cloud.Id));
        }
    }

    /// <summary>
    /// This turn was deleted here together with its commit, and the cloud has it in another commit, where somebody with the same transcript
    /// put it: of a deleted commit nothing is sent but this, so that the turn leaves the other one.
    /// </summary>
    private void NoteElsewhere(TurnRow cloud, StoredRevision local)
    {
        if (cloud.SessionId != local.Parent)
        {
            _transaction.Execute(
                """
                update turns set push_state = $state where id = $id and change_seq > pushed_seq and exists (
                  select 1 from sessions s join cognitive_commits c on c.id = s.commit_id where s.id = turns.session_id and c.deleted_at is not null)
                """,
                ("$id", cloud.Id),
                ("$state", PushStates.Elsewhere));
        }
    }

    /// <summary>
    /// A queued prompt here, which is not sent before it has its place; but another machine read on, and the cloud has it. From now on it
    /// travels like any other turn, for this machine's row won and is to be there.
    /// </summary>
    private void NotePlaced(string id)
    {
        if (_transaction.Prepare($"select 1 from turns t where t.id = $id and t.change_seq > t.pushed_seq and not {CommitColumns.Placed}").With("$id", id).ExecuteScalar() is not null)
        {
            _transaction.Execute("update turns set pushed_seq = 1, change_seq = $change where id = $id", ("$change", _transaction.NextChange()), ("$id", id));
        }
    }

    private void Leaves(string session, string forSession)
    {
        if (session != forSession && StoredRows.CommitOfSession(_transaction, session) is { } commit)
        {
            _touched.Add(commit);
            _perhapsEmpty.Add(session);
        }
    }

    /// <summary>True when the cloud's row wins and is to be written. Else this one stays: clean when it is the same, waiting when it wins.</summary>
    private bool Settle(string table, string id, StoredRevision local, int order)
    {
        if (order > 0)
        {
            return true;
        }

        if (order == 0 && local.ChangeSeq > local.PushedSeq)
        {
            _transaction.Execute($"update {table} set pushed_seq = change_seq, push_state = null, push_error = null where id = $id", ("$id", id));
        }
        else if (order < 0 && local.ChangeSeq <= local.PushedSeq)
        {
            _transaction.Execute($"update {table} set change_seq = $change where id = $id", ("$change", _transaction.NextChange()), ("$id", id));
        }

        return false;
    }

    private bool IsHere(string commitId) =>
        _transaction.Prepare("select 1 from cognitive_commits where id = $id").With("$id", commitId).ExecuteScalar() is not null;
}
