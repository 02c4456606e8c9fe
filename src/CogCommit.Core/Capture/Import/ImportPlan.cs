using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Capture.Import;

/// <summary>Which files have something new, and from where they are read. A file that did not change is not opened.</summary>
internal sealed class ImportPlan : IDisposable
{
    private readonly ImportOptions _options;
    private readonly IAgentRules _rules;
    private readonly ImportContext _context;
    private readonly CancellationToken _cancellation;
    private readonly SqliteConnection _reader;
    private readonly SqliteCommand _finder;
    private readonly ProjectPatterns _excluded;
    private readonly ProjectPatterns _chosen;
    private readonly HashSet<string> _fresh = [];
    private readonly Dictionary<string, bool> _mains = [];

    public ImportPlan(StoreFile store, ImportOptions options, IAgentRules rules, ImportContext context, CancellationToken cancellation)
    {
        (_options, _rules, _context, _cancellation) = (options, rules, context, cancellation);
        _excluded = new ProjectPatterns(options.ExcludeProjects);
        _chosen = new ProjectPatterns(options.Projects);
        _reader = store.OpenReader();
        _finder = TranscriptState.Finder(_reader);
    }

    /// <summary>Files of excluded projects that were not known to be: all that is kept of them.</summary>
    public List<TranscriptState> Markers { get; } = [];

    /// <param name="files">Main transcripts before those of subagents.</param>
    public IReadOnlyList<PlannedFile> Of(IReadOnlyList<TranscriptFile> files)
    {
        var planned = new List<PlannedFile>();
        foreach (var copies in files.GroupBy(file => file.Key))
        {
            _cancellation.ThrowIfCancellationRequested();
            var state = TranscriptState.Find(_finder, copies.Key);
            var file = Longest([.. copies], state);
            try
            {
                var take = file.Parent is null ? IsWanted(file, state) : IsWantedWithMain(file);
                if (file.Parent is null)
                {
                    _mains[file.Key] = take;
                }

                if (take && !IsUnchanged(file, state) && IsRecent(file))
                {
                    planned.Add(new PlannedFile(file, StateOf(file, state), state?.Offset ?? 0, state is { Size: TranscriptState.Unfinished }));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _context.BadFiles.Add(new BadLine(file.Path, 0, $"The file cannot be read: {e.Message}"));
            }
        }

        return planned;
    }

    public void Dispose()
    {
        _finder.Dispose();
        _reader.Dispose();
    }

    /// <summary>Of several files of one session the longest counts; the others should be its copies.</summary>
    private TranscriptFile Longest(List<TranscriptFile> copies, TranscriptState? state)
    {
        var longest = copies.OrderByDescending(file => file.Size).ThenByDescending(file => file.Path == state?.Path).First();
        if (copies.Count > 1 && !IsUnchanged(longest, state))
        {
            foreach (var copy in copies.Where(copy => copy != longest))
            {
                var length = (int)Math.Min(copy.Size, TranscriptProbe.HeadBytes);
                if (TranscriptProbe.Head(copy.Path, length) != TranscriptProbe.Head(longest.Path, length))
                {
                    _context.BadFiles.Add(new BadLine(copy.Path, 0, $"It begins otherwise than '{longest.Path}', which is longer and of the same session: only that one was imported."));
                }
            }
        }

        return longest;
    }

    private bool IsWanted(TranscriptFile file, TranscriptState? state)
    {
        if (_excluded.IsEmpty && _chosen.IsEmpty)
        {
            return true;
        }

        if (state?.Excluded is { } patterns && patterns == _excluded.Text && IsSame(file, state))
        {
            return false;
        }

        var known = ProjectOf(file.Key);
        var project = known ?? (TranscriptProbe.FirstCwd(file.Path, _cancellation) is { } cwd ? _context.Projects.Of(cwd).Name : null);
        if (_excluded.Match(project))
        {
            if (known is null)
            {
                Markers.Add(new TranscriptState
                {
                    Key = file.Key,
                    Source = _rules.Source,
                    Path = file.Path,
                    Size = file.Size,
                    Modified = file.Modified,
                    Excluded = _excluded.Text,
                });
            }

            return false;
        }

        return _chosen.IsEmpty || _chosen.Match(project);
    }

    // A subagent's turns stand in a commit of its main session: without one there is no place for them yet.
    private bool IsWantedWithMain(TranscriptFile file) => _mains.TryGetValue(file.Parent!, out var wanted)
        ? wanted
        : ProjectOf(file.Parent!) is var project && IsKnown(file.Parent!) && !_excluded.Match(project) && (_chosen.IsEmpty || _chosen.Match(project));

    private bool IsRecent(TranscriptFile file)
    {
        if (_options.Since is not { } since)
        {
            return true;
        }

        return file.Modified >= since.UtcTicks && (TranscriptProbe.LastTime(file.Path) is not { } last || last >= since);
    }

    private bool IsUnchanged(TranscriptFile file, TranscriptState? state) =>
        !_options.Rebuild && state is { Excluded: null } && IsSame(file, state) && !(file.Parent is not null && _fresh.Contains(file.Parent));

    private static bool IsSame(TranscriptFile file, TranscriptState state) =>
        state.Path == file.Path && state.Size == file.Size && state.Modified == file.Modified;

    private TranscriptState StateOf(TranscriptFile file, TranscriptState? known)
    {
        var fresh = known is null || known.Excluded is not null || _options.Rebuild || file.Size < known.Offset
            || (file.Parent is not null && _fresh.Contains(file.Parent))
            || TranscriptProbe.Head(file.Path, known.HeadLength) != known.HeadHash;
        if (fresh)
        {
            _fresh.Add(file.Key);
        }

        var length = (int)Math.Min(file.Size, TranscriptProbe.HeadBytes);
        return new TranscriptState
        {
            Key = file.Key,
            Source = _rules.Source,
            Path = file.Path,
            Size = file.Size,
            Modified = file.Modified,
            HeadLength = length,
            HeadHash = TranscriptProbe.Head(file.Path, length),
            Offset = fresh ? 0 : known!.Offset,
            Lines = fresh ? 0 : known!.Lines,
            LastTime = fresh ? null : known!.LastTime,
        };
    }

    private bool IsKnown(string key) => Ask("select 1 from agent_sessions where agent_session_id = $key", key) is not null;

    private string? ProjectOf(string key) => Ask("select project_name from agent_sessions where agent_session_id = $key", key) as string;

    private object? Ask(string sql, string key)
    {
        using var command = _reader.CreateCommand();
        command.CommandText = sql;
        return command.With("$key", key).ExecuteScalar();
    }
}
