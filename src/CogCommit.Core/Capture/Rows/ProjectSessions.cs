using CogCommit.Core.Store;

namespace CogCommit.Core.Capture.Rows;

/// <summary>A main session and the time of its first and last turn, as text.</summary>
internal readonly record struct ProjectSession(long Row, string First, string Last, bool Replays);

/// <summary>The main sessions of a project in order of their first turns.</summary>
internal sealed class ProjectSessions
{
    private readonly List<ProjectSession> _sessions;

    /// <summary>The latest end among a session and all before it: where to stop looking back.</summary>
    private readonly string[] _latest;

    private ProjectSessions(List<ProjectSession> sessions)
    {
        _sessions = sessions;
        _latest = new string[sessions.Count];
        for (var i = 0; i < sessions.Count; i++)
        {
            _latest[i] = i > 0 && string.CompareOrdinal(_latest[i - 1], sessions[i].Last) > 0 ? _latest[i - 1] : sessions[i].Last;
        }
    }

    public static ProjectSessions Read(WriteTransaction transaction, string project)
    {
        var sessions = new List<ProjectSession>();
        using var reader = transaction.Prepare("""
            select row, first_at, last_at, replayed from agent_sessions
            where project_name = $p and parent is null and first_at is not null order by first_at
            """).With("$p", project).ExecuteReader();
        while (reader.Read())
        {
            sessions.Add(new ProjectSession(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(3) > 0));
        }

        return new ProjectSessions(sessions);
    }

    public IEnumerable<ProjectSession> Overlapping(string start, string end)
    {
        for (var i = LastThatBegan(end); i >= 0 && string.CompareOrdinal(_latest[i], start) >= 0; i--)
        {
            if (string.CompareOrdinal(_sessions[i].Last, start) >= 0)
            {
                yield return _sessions[i];
            }
        }
    }

    private int LastThatBegan(string end)
    {
        var (low, high) = (0, _sessions.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(_sessions[middle].First, end) <= 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low - 1;
    }
}
