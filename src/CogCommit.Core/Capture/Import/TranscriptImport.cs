using CogCommit.Core.Capture.ClaudeCode;
using CogCommit.Core.Capture.Cut;
using CogCommit.Core.Capture.Fold;
using CogCommit.Core.Capture.Memory;
using CogCommit.Core.Capture.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Capture.Import;

/// <summary>
/// One transaction of the import of one transcript: folds lines into the windows of its agent sessions, then writes what changed,
/// with the offset behind the last line, all at once.
/// </summary>
internal sealed class TranscriptImport(
    WriteTransaction transaction, TranscriptFile file, TranscriptState state, IAgentRules rules, ImportContext context)
{
    private readonly AgentSessions _sessions = new(transaction);
    private readonly TurnFacts _facts = new(transaction);
    private readonly Dictionary<string, OpenSession> _open = [];
    private TranscriptState _state = state;

    /// <summary>The last turn that came is one that another transcript holds too: a fork is taken over in one transaction.</summary>
    public bool InReplay { get; private set; }

    public TranscriptState State => _state;

    public void Fold(ParsedLine line)
    {
        _state = _state with { Offset = line.End, Lines = line.Number };
        if (line.Record is not { } record)
        {
            return;
        }

        context.Replaced += record.Replaced;
        _state = _state with { LastTime = record.Timestamp ?? _state.LastTime };
        if (_state.LastTime is not { } time)
        {
            throw new InvalidOperationException("A record came to the fold before any time was known.");
        }

        if (KeyOf(record) is { } key)
        {
            var session = Open(key, time);
            var (next, images) = (session.State.Next, session.Window.Images.Count);
            session.Fold.Fold(record, time);
            context.BadFiles.AddRange(session.Window.Images.Skip(images).Select(image => Visuals.Problem(image.Image)).OfType<string>()
                .Select(problem => new BadLine(file.Path, line.Number, problem)));
            for (; next < session.State.Next; next++)
            {
                InReplay = session.Window.Turns.TryGetValue(next, out var turn) && _facts.Others(session.Row, turn.Id).Count > 0;
                session.IsShared |= InReplay;
                context.Replays += InReplay ? 1 : 0;
            }
        }
    }

    /// <summary>Writes everything that was folded.</summary>
    public void Save()
    {
        var changed = new Dictionary<long, IReadOnlyDictionary<int, TurnDraft>>();
        var roots = new HashSet<long>();
        foreach (var session in _open.Values)
        {
            changed[session.Row] = Save(session);
            Boundaries.TakeOver(transaction, session.Row, session.Key);
            roots.Add(_sessions.Get(session.Row).Parent ?? session.Row);
        }

        var moved = new HashSet<long>();
        var shared = new HashSet<long>();
        foreach (var session in _open.Values.Where(session => session.IsShared))
        {
            shared.Add(_sessions.Get(session.Row).Parent ?? session.Row);
            moved.UnionWith(new Owners(transaction).Decide(session.Row).Select(row => _sessions.Get(row).Parent ?? row));
        }

        var recut = new Recut(transaction, context.Writer(transaction), context.Tally);
        foreach (var root in roots.Union(moved).ToList())
        {
            // Who gains a turn must write it, whoever wrote it before.
            recut.Run(root, changed, force: moved.Contains(root) || (moved.Count > 0 && shared.Contains(root)));
        }

        foreach (var session in _open.Values)
        {
            context.Visuals.Write(transaction, session.Row, session.Window.Images, context.Tally);
        }

        _state.Save(transaction);
    }

    private Dictionary<int, TurnDraft> Save(OpenSession session)
    {
        var before = _facts.TakeProvisional(session.Row);
        new SessionMemory(transaction, _sessions.Get(session.Row), path => SpilledText.Read(file, path)).Save(session.Window);
        var turns = new Dictionary<int, TurnDraft>(session.Window.Turns);
        foreach (var turn in session.Fold.Provisional())
        {
            turns[turn.Ordinal] = turn;
            // One without a place is no news of the fold's, and may be another transcript's all the same.
            session.IsShared |= _facts.Others(session.Row, turn.Id).Count > 0;
        }

        _facts.Save(session.Row, turns.Values.OrderBy(turn => turn.Ordinal).Select(turn => TurnFacts.Of(turn, rules, session.State.Cwd)));
        _sessions.Save(session.Row, session.State);
        context.Projects.Decide(transaction, session.Row, session.State.Cwd);
        DropUnknown(before);
        return turns;
    }

    /// <summary>A queued prompt may get a better id while it has no place.</summary>
    private void DropUnknown(List<string> provisional)
    {
        foreach (var id in provisional)
        {
            transaction.Execute("delete from turns where id = $id and not exists (select 1 from captured_turns where turn_id = $id)", ("$id", id));
        }
    }

    private string? KeyOf(TranscriptRecord record)
    {
        if (file.Parent is not null || !record.IsSidechain)
        {
            return file.Key;
        }

        // Older releases wrote subagents into the main file.
        var agent = record.AgentId ?? "sidechain";
        return TranscriptPath.IsHousekeeping(agent) ? null : TranscriptPath.KeyOf(file.Key, agent);
    }

    private OpenSession Open(string key, DateTimeOffset time)
    {
        if (_open.TryGetValue(key, out var open))
        {
            return open;
        }

        var parent = key.Contains('/', StringComparison.Ordinal)
            ? Open(key[..key.IndexOf('/', StringComparison.Ordinal)], time).Row
            : (long?)null;
        string? Spilled(string path) => SpilledText.Read(file, path);
        var known = _sessions.Find(key);
        var session = known ?? _sessions.Add(key, rules.Source, parent, time);
        return _open[key] = new OpenSession(
            session, rules, new FoldWindow(known is null ? new NewSessionMemory(Spilled) : new SessionMemory(transaction, session, Spilled)));
    }

    private sealed class OpenSession
    {
        public OpenSession(AgentSession session, IAgentRules rules, FoldWindow window)
        {
            Row = session.Row;
            Key = session.Key;
            State = FoldState.FromJson(session.State);
            Window = window;
            Fold = new SessionFold(rules, session.Key, session.Parent is not null, State, window);
        }

        public long Row { get; }

        public string Key { get; }

        public FoldState State { get; }

        public FoldWindow Window { get; }

        public SessionFold Fold { get; }

        public bool IsShared { get; set; }
    }
}
