namespace CogCommit.Core.Watch;

/// <summary>Agent sessions that said something lately, and when they have been idle for long enough to count as ended. Pure.</summary>
internal sealed class ActiveSessions
{
    private readonly Dictionary<string, (string? Project, DateTimeOffset Last)> _sessions = [];

    /// <summary>A session, or a subagent of it, said something.</summary>
    public void Saw(string sessionId, string? project, DateTimeOffset at)
    {
        if (!_sessions.TryGetValue(sessionId, out var known) || known.Last < at)
        {
            _sessions[sessionId] = (project ?? known.Project, at);
        }
    }

    /// <summary>Those that have been idle that long, each once; one that says something afterwards is active again.</summary>
    public IReadOnlyList<(string SessionId, string? Project, DateTimeOffset Last)> TakeEnded(DateTimeOffset now, TimeSpan idle)
    {
        var ended = _sessions.Where(session => now - session.Value.Last >= idle).OrderBy(session => session.Value.Last)
            .Select(session => (session.Key, session.Value.Project, session.Value.Last)).ToList();
        ended.ForEach(session => _sessions.Remove(session.Key));
        return ended;
    }

    /// <summary>When the next one ends, if it says nothing until then.</summary>
    public DateTimeOffset? Next(TimeSpan idle) => _sessions.Count == 0 ? null : _sessions.Values.Min(session => session.Last) + idle;
}
