using System.Text.Json;
using CogCommit.Core.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Sync;

/// <summary>
/// Rows of the cloud on their way into the store: within one transaction, by the rules of <see cref="Rows.Merge"/>. Rows that come to be as
/// the cloud has them are clean; where this device's row wins it waits for a push.
/// </summary>
internal sealed partial class Incoming(WriteTransaction transaction, DateTimeOffset now)
{
    private readonly WriteTransaction _transaction = transaction;
    private readonly RowWriting _writing = new(transaction, clean: true);
    private readonly DateTimeOffset _now = now;
    private readonly HashSet<string> _touched = [];
    private readonly HashSet<string> _perhapsEmpty = [];
    private readonly Dictionary<string, string?> _commitOf = [];
    private readonly List<string> _came = [];

    /// <summary>Commits that came or changed.</summary>
    public HashSet<string> Changed { get; } = [];

    /// <summary>Turns that came or changed.</summary>
    public int Turns { get; private set; }

    /// <summary>Edits that went to the conflict archive.</summary>
    public int Conflicts { get; private set; }

    /// <summary>Rows of pictures went, or lost their content: files may be nobody's now.</summary>
    public bool PicturesGone { get; private set; }

    /// <summary>True when a row could not be taken because its parent is not here: a pull brings both.</summary>
    public bool Incomplete { get; private set; }

    /// <summary>Merges a page: it holds the parents of its rows.</summary>
    /// <param name="rows">The page's rows.</param>
    /// <param name="wants">Which commits are let in.</param>
    /// <param name="prunes">Which of the others are not to be here at all, so that their turns leave.</param>
    public void MergePage(CloudRows rows, Func<string, bool> wants, Func<string, bool> prunes)
    {
        MergeNames(rows);
        foreach (var commit in rows.Commits.Where(commit => wants(commit.Id)))
        {
            Merge(commit);
        }

        var skipped = new Dictionary<string, string>();
        foreach (var session in rows.Sessions)
        {
            if (!wants(session.CommitId))
            {
                skipped[session.Id] = session.CommitId;
            }
            else if (!Merge(session))
            {
                throw BadAnswer.Of($"a session ({session.Id}) without its commit ({session.CommitId})");
            }
        }

        foreach (var turn in rows.Turns)
        {
            if (skipped.TryGetValue(turn.SessionId, out var commit))
            {
                LeaveTo(turn, prunes(commit));
            }
            else if (!Merge(turn))
            {
                throw BadAnswer.Of($"a turn ({turn.Id}) without its session ({turn.SessionId})");
            }
        }

        foreach (var visual in rows.Visuals.Where(visual => wants(visual.CommitId)))
        {
            if (!Merge(visual))
            {
                throw BadAnswer.Of($"a visual ({visual.Id}) without its commit ({visual.CommitId})");
            }
        }

        Finish();
    }

    /// <summary>Merges the rows that won over this device's: without their parents, which may not be here yet.</summary>
    public void MergeLost(CloudRows rows)
    {
        MergeNames(rows);
        foreach (var commit in rows.Commits)
        {
            Merge(commit);
        }

        Incomplete |= !rows.Sessions.All(Merge) | !rows.Turns.All(Merge) | !rows.Visuals.All(Merge);
        Finish();
    }

    /// <summary>Turns that this machine captured and another one has put elsewhere: capture looks at them anew.</summary>
    private void NoteMoved() => _transaction.Execute(
        "insert or ignore into moved_turns (turn_id) select turn_id from captured_turns where owned = 1 and turn_id in (select value from json_each($came))",
        ("$came", JsonSerializer.Serialize(_came)));

    private void MergeNames(CloudRows rows)
    {
        foreach (var project in rows.Projects)
        {
            _writing.Project(project);
        }

        foreach (var machine in rows.Machines)
        {
            _writing.Machine(machine);
        }
    }

    /// <summary>
    /// What lost its last turn to another session goes, here as on every device. A row that comes without turns goes too: the page that
    /// brings its first turn brings it again.
    /// </summary>
    private void Finish()
    {
        NoteMoved();
        foreach (var session in _perhapsEmpty)
        {
            if (StoredRows.CommitOfSession(_transaction, session) is { } commit
                && _transaction.Execute("delete from sessions where id = $id and not exists (select 1 from turns where session_id = $id)", ("$id", session)) > 0)
            {
                _touched.Add(commit);
            }
        }

        foreach (var commit in _touched)
        {
            KeepEditOfEmptied(commit);
            _transaction.Execute($"delete from cognitive_commits where {IsEmpty}", ("$id", commit));
        }

        _transaction.RefreshTotals(_touched);
    }
}
