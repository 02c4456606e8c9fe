using CogCommit.Core.Store;

namespace CogCommit.Core.Capture.Rows;

/// <summary>
/// Marks commits during which another agent session of the same project was at work (rule 12). Sessions are sorted by time once per
/// project; of those that overlap a commit each is asked by index whether one of its turns lies within it.
/// </summary>
internal sealed class ParallelMarks(WriteTransaction transaction)
{
    private readonly Dictionary<string, ProjectSessions> _projects = [];

    /// <summary>Of a commit that was cut anew, the only ones that can lose the mark.</summary>
    /// <remarks>Marks merge by OR: one that the cloud knows of cannot be taken back there, so it stays here too.</remarks>
    public void Clear(string id) => transaction.Execute(
        "update cognitive_commits set parallel = 0, change_seq = $seq where id = $id and parallel = 1 and pushed_seq = 0 and cloud_version = 0",
        ("$id", id), ("$seq", transaction.NextChange()));

    /// <param name="moved">Commits whose turns or times changed.</param>
    public void Set(IReadOnlyCollection<string> moved)
    {
        foreach (var id in moved)
        {
            if (Find(id) is not { } commit)
            {
                continue;
            }

            var others = SessionsOf(commit.Project).Overlapping(commit.Start, commit.End)
                .Where(other => other.Row != commit.Session && !AreForks(commit, other)).ToList();
            if (others.Exists(other => HasTurn(other.Row, commit.Start, commit.End)))
            {
                Mark(id);
            }

            foreach (var other in others)
            {
                MarkOthers(other.Row, commit, moved);
            }
        }
    }

    /// <summary>The other session's commits, of which this commit's session is now a parallel one.</summary>
    private void MarkOthers(long session, Commit commit, IReadOnlyCollection<string> moved)
    {
        var open = new List<(string Id, string Start, string End)>();
        using (var reader = transaction.Prepare("""
            select c.id, c.started_at, c.closed_at from captured_commits k join cognitive_commits c on c.id = k.commit_id
            where k.session = $s and c.parallel = 0 and c.started_at <= $end and c.closed_at >= $start
            """).With(("$s", session), ("$start", commit.Start), ("$end", commit.End)).ExecuteReader())
        {
            while (reader.Read())
            {
                open.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
            }
        }

        foreach (var (id, start, end) in open)
        {
            if (!moved.Contains(id) && HasTurn(commit.Session, start, end))
            {
                Mark(id);
            }
        }
    }

    private Commit? Find(string id)
    {
        using var reader = transaction.Prepare("""
            select c.started_at, c.closed_at, a.row, a.project_name, a.replayed
            from cognitive_commits c join agent_sessions a on a.agent_session_id = c.agent_session_id
            where c.id = $id and a.project_name is not null
            """).With("$id", id).ExecuteReader();
        return reader.Read()
            ? new Commit(reader.GetInt64(2), reader.GetString(3), reader.GetString(0), reader.GetString(1), reader.GetInt64(4) > 0)
            : null;
    }

    private ProjectSessions SessionsOf(string project)
    {
        if (!_projects.TryGetValue(project, out var sessions))
        {
            _projects[project] = sessions = ProjectSessions.Read(transaction, project);
        }

        return sessions;
    }

    private bool HasTurn(long session, string start, string end) => transaction.Prepare("""
        select 1 from captured_turns where session = $s and timestamp >= $start and timestamp <= $end limit 1
        """).With(("$s", session), ("$start", start), ("$end", end)).ExecuteScalar() is not null;

    // Of two that share turns at least one replays.
    private bool AreForks(Commit commit, ProjectSession other) => (commit.Replays || other.Replays) && transaction.Prepare("""
        select 1 from captured_turns a join captured_turns b on b.turn_id = a.turn_id and b.session = $b where a.session = $a limit 1
        """).With(("$a", commit.Session), ("$b", other.Row)).ExecuteScalar() is not null;

    private void Mark(string id) => transaction.Execute(
        "update cognitive_commits set parallel = 1, change_seq = $seq where id = $id and parallel = 0", ("$id", id), ("$seq", transaction.NextChange()));

    private sealed record Commit(long Session, string Project, string Start, string End, bool Replays);
}
