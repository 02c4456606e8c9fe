using CogCommit.Core.Capture;
using CogCommit.Core.Capture.Import;
using CogCommit.Core.Store;

namespace CogCommit.Core.Watch;

/// <summary>Brings what is new in some transcripts into the store, and tells what that was.</summary>
internal sealed class TranscriptCapture(StoreFile store, IReport? report)
{
    // Who has never imported has years of sessions: nobody reads an event for each.
    private const int MostTold = 20;

    /// <summary>What became of it.</summary>
    /// <param name="Events">In the order in which they are told.</param>
    /// <param name="Sessions">The main agent sessions that said something, with their projects.</param>
    public sealed record Outcome(IReadOnlyList<WatchEvent> Events, IReadOnlyList<(string SessionId, string? Project)> Sessions);

    /// <param name="paths">Transcripts; not none.</param>
    /// <param name="excluded">Projects that are not read.</param>
    /// <param name="cancellation">Ends it behind a whole transaction.</param>
    public Outcome Run(IReadOnlyList<string> paths, IReadOnlyList<string> excluded, CancellationToken cancellation)
    {
        var detail = new Importer(store) { Report = report }.RunInDetail(
            new ImportOptions { Paths = paths, ExcludeProjects = excluded }, null, cancellation);
        using var reader = store.OpenReader();
        var commits = detail.NewTurns.Keys.Union(detail.Closed).Select(id => TouchedCommit.Read(reader, id)).OfType<TouchedCommit>()
            .OrderBy(commit => commit.StartedAt, StringComparer.Ordinal).ThenBy(commit => commit.Id, StringComparer.Ordinal).ToList();
        var sessions = detail.Sessions.Select(key => (key, TouchedCommit.ProjectOf(reader, key))).ToList();
        return new Outcome([.. Events(commits, detail), .. Bad(detail.Result.BadLines)], sessions);
    }

    /// <summary>Main sessions whose transcripts were written since then, as the store knows them.</summary>
    public IReadOnlyList<(string SessionId, string? Project, DateTimeOffset Last)> ActiveSince(DateTimeOffset since)
    {
        using var reader = store.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = """
            select t.agent_session_id, s.project_name, t.modified from transcripts t join agent_sessions s on s.agent_session_id = t.agent_session_id
            where s.parent is null and t.excluded is null and t.modified >= $since
            """;
        using var row = command.With("$since", since.UtcTicks).ExecuteReader();
        List<(string, string?, DateTimeOffset)> active = [];
        while (row.Read())
        {
            active.Add((row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), new DateTimeOffset(row.GetInt64(2), TimeSpan.Zero)));
        }

        return active;
    }

    private IEnumerable<WatchEvent> Events(List<TouchedCommit> commits, ImportDetail detail)
    {
        var bySession = commits.GroupBy(commit => commit.AgentSessionId).ToList();
        if (bySession.Count > MostTold)
        {
            var turns = detail.NewTurns.Values.Sum();
            yield return new WatchEvent
            {
                Kind = WatchEventKind.Captured,
                Time = store.Clock.GetUtcNow(),
                Message = $"{WatchTeller.Count(turns, "new turn")} in {WatchTeller.Count(commits.Count, "commit")} of {bySession.Count} agent sessions.",
                Commits = commits.Count,
                Turns = turns,
            };
            yield break;
        }

        foreach (var session in bySession)
        {
            var captured = session.Where(commit => detail.NewTurns.ContainsKey(commit.Id)).ToList();
            if (captured.Count > 0)
            {
                yield return Captured(captured, captured.Sum(commit => detail.NewTurns[commit.Id]));
            }

            foreach (var closed in session.Where(commit => detail.Closed.Contains(commit.Id)))
            {
                yield return Closed(closed);
            }
        }
    }

    private WatchEvent Captured(List<TouchedCommit> commits, int turns) => new()
    {
        Kind = WatchEventKind.Captured,
        Time = store.Clock.GetUtcNow(),
        Message = $"{WatchTeller.Count(turns, "new turn")} in {(commits.Count == 1 ? $"commit {Short(commits[0].Id)}" : $"{commits.Count} commits")}.",
        Project = commits[^1].Project,
        AgentSessionId = commits[^1].AgentSessionId,
        CommitId = commits[^1].Id,
        Title = commits[^1].Title,
        GitHash = commits[^1].GitHash,
        Commits = commits.Count,
        Turns = turns,
    };

    private WatchEvent Closed(TouchedCommit commit) => new()
    {
        Kind = WatchEventKind.CommitClosed,
        Time = store.Clock.GetUtcNow(),
        Message = $"Git commit {Short(commit.GitHash)} closed commit {Short(commit.Id)}.",
        Project = commit.Project,
        AgentSessionId = commit.AgentSessionId,
        CommitId = commit.Id,
        Title = commit.Title,
        GitHash = commit.GitHash,
    };

    private IEnumerable<WatchEvent> Bad(IReadOnlyList<BadLine> lines) => lines.Count == 0 ? [] :
    [
        new WatchEvent
        {
            Kind = WatchEventKind.Error,
            Time = store.Clock.GetUtcNow(),
            Message = $"{WatchTeller.Count(lines.Count, "line")} could not be taken and was passed over; the first is line {lines[0].Line} of '{lines[0].File}': {lines[0].Reason}",
            ErrorId = "BadLine",
        },
    ];

    private static string Short(string? id) => id is { Length: > 8 } ? id[..8] : id ?? "";
}
