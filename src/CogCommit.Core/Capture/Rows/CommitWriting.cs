using CogCommit.Core.Capture.Cut;
using CogCommit.Core.Capture.Fold;
using CogCommit.Core.Capture.Memory;
using CogCommit.Core.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Capture.Rows;

/// <summary>What all commits of a main session have in common while they are written.</summary>
internal sealed record CommitContext(
    AgentSession Main, RowRevision Revision, IReadOnlyDictionary<long, IReadOnlyDictionary<int, TurnDraft>> Changed, bool Force);

/// <summary>Writes one commit: its row, its sessions, and those of its turns that changed or came to it.</summary>
internal sealed class CommitWriting(WriteTransaction transaction, RowWriter writer, CommitTally tally, CommitContext context)
{
    private readonly TurnFacts _facts = new(transaction);
    private readonly StoredTurns _turns = new(transaction);

    /// <param name="next">The last record that opened the next commit, or by which a subagent left this one for the commit of its call.</param>
    /// <param name="known">How it was cut when its rows were written last.</param>
    /// <returns>The commit's id, or null when all its turns are replayed.</returns>
    public string? Write(CutRange range, long? next, IReadOnlyList<Attributed> subagents, StoredCut? known)
    {
        var facts = _facts.Read(context.Main.Row, range.First, range.Last);
        var owned = facts.Where(fact => fact.Owned).ToList();
        if (owned.Count == 0)
        {
            _facts.SetCommit(context.Main.Row, [.. facts.Where(fact => fact.CommitId is not null).Select(fact => fact.Ordinal)], null);
            return null;
        }

        var parts = subagents.Select(Part).ToList();
        var commit = CommitAssembly.Assemble(context.Main.Key, context.Main.Source, range, owned, parts);
        if (IsRemoved(commit.Id))
        {
            return commit.Id;
        }

        var records = owned.Max(fact => fact.Touched);
        foreach (var record in range.Closings.Concat(range.Amended).Select(line => line.Record)
            .Concat(subagents.Select(part => part.Record)).Append(next ?? 0))
        {
            records = Math.Max(records, record);
        }

        var ofSubagents = parts.Sum(part => part.Session.Records);
        var revision = context.Revision.Of(range.Cuts, records, ofSubagents);
        var closes = commit.ClosedBy == "git_commit" && !IsClosedBy(commit.Id, commit.GitHash);
        var written = writer.Write(commit, context.Main.ProjectName, revision, context.Force);
        tally.Commit(commit.Id, written);
        if (closes && written != Written.Unchanged)
        {
            tally.Closed.Add(commit.Id);
        }

        WriteSession(commit.Id, context.Main, range, owned, context.Revision.Of(range.Cuts, records, 0), touched => (touched, 0),
            context.Force || known?.Cuts != range.Cuts);
        foreach (var part in parts.Where(part => part.Turns.Count > 0))
        {
            WriteSession(commit.Id, part.Session, range, part.Turns,
                context.Revision.Of(range.Cuts, part.Attribution, part.Session.Records), touched => (part.Attribution, touched),
                context.Force || known?.Cuts != range.Cuts || !known.Has(part.Session.AgentId, part.Attribution));
        }

        return commit.Id;
    }

    private SubagentPart Part(Attributed attributed) => new(
        attributed.Session, attributed.Record,
        _facts.Read(attributed.Session.Row, 0, int.MaxValue).Where(fact => fact.Owned).ToList(),
        _facts.Closings(attributed.Session.Row));

    /// <param name="records">The two numbers of a turn's revision.</param>
    /// <param name="again">What a turn's revision depends on beside its text has changed.</param>
    private void WriteSession(
        string commitId, AgentSession session, CutRange range, IReadOnlyList<TurnFact> facts, string revision, Func<long, (long, long)> records, bool again)
    {
        var id = Ids.OfSession(session.Key, commitId);
        var written = writer.Write(new CapturedSession
        {
            Id = id,
            CommitId = commitId,
            AgentSessionId = session.Key,
            IsSubagent = session.Parent is not null,
            StartedAt = facts.Min(fact => fact.Timestamp),
            EndedAt = facts.Max(fact => fact.Timestamp),
        }, revision, context.Force);
        if (written != Written.Unchanged)
        {
            tally.Touch(commitId);
        }

        string Revision(long touched)
        {
            var (main, ofSubagent) = records(touched);
            return context.Revision.Of(CutsBefore(range), main, ofSubagent);
        }

        _facts.SetCommit(session.Row, [.. facts.Where(fact => fact.CommitId != commitId).Select(fact => fact.Ordinal)], commitId);
        var changed = context.Changed.GetValueOrDefault(session.Row);
        var due = facts.Select(fact => (Fact: fact, Draft: changed?.GetValueOrDefault(fact.Ordinal)))
            .Where(turn => turn.Draft is not null || turn.Fact.CommitId != commitId || again);
        // So many at a time: what comes from the store has its text.
        foreach (var some in due.Chunk(RowsInsert.Most))
        {
            var rows = new List<(TurnFact Fact, CapturedTurn Row, string Rev)>();
            foreach (var (fact, draft) in some)
            {
                if (RowOf(fact, draft, session, id, Revision) is var (row, touched))
                {
                    rows.Add((fact, row, Revision(touched)));
                }
            }

            var states = writer.Write([.. rows.Select(turn => (turn.Row, turn.Rev))], context.Force);
            foreach (var ((fact, row, rev), state) in rows.Zip(states))
            {
                tally.Turn(commitId, state, fact.IsPrompt && session.Parent is null);
                if (state == Written.Updated && row.TriggersVisual)
                {
                    Visuals.Move(transaction, fact.TurnId, commitId);
                }
                else if (state == Written.Unchanged)
                {
                    _turns.NoteIfOthers(fact.TurnId, id, rev);
                }
            }

            foreach (var (fact, _) in some.Where(turn => turn.Fact.CommitId is not null && turn.Fact.CommitId != commitId))
            {
                tally.Touch(fact.CommitId!);
                Visuals.Move(transaction, fact.TurnId, commitId);
            }
        }
    }

    /// <summary>A turn's text, and how many records it was made from: a revision never promises more than its text says.</summary>
    private (CapturedTurn Row, long Touched)? RowOf(TurnFact fact, TurnDraft? draft, AgentSession session, string sessionId, Func<long, string> revision)
    {
        var rev = _turns.RevisionOf(fact.TurnId, session.Key);
        var holds = RowRevision.RecordsOf(rev, session.Parent is not null);
        if (draft is not null && Math.Max(draft.Touched, draft.Holds) is var own && (holds is null || own >= holds))
        {
            return (Row(draft, sessionId), own);
        }

        if (_turns.Read(fact.TurnId) is not { } stored)
        {
            // It went with a commit that was purged; only the transcript has it still.
            tally.Behind.Add(session.Key);
            return null;
        }

        if (holds < fact.Touched && string.CompareOrdinal(revision(fact.Touched), rev) > 0)
        {
            tally.Behind.Add(session.Key);
        }

        // Its place is that of the records it holds as well: a queued prompt's is settled by a later one.
        return (stored with { SessionId = sessionId, Ordinal = holds is null ? fact.Ordinal : stored.Ordinal }, holds ?? fact.Touched);
    }

    // An explicit boundary directly behind a turn does not change the turn.
    private static int CutsBefore(CutRange range) =>
        range.ClosedBy == "explicit" ? range.Cuts - 1 : range.Cuts;

    private static CapturedTurn Row(TurnDraft draft, string sessionId) => new()
    {
        Id = draft.Id,
        SessionId = sessionId,
        Ordinal = draft.Ordinal,
        Role = draft.IsPrompt ? "user" : "assistant",
        Content = draft.Content,
        Timestamp = draft.Timestamp,
        Model = draft.Model,
        ToolCalls = [.. draft.Calls.Select(call => new ToolCall
        {
            ToolUseId = call.Id,
            Name = call.Name,
            Input = call.Input,
            Result = call.Result,
            IsError = call.IsError,
        })],
        Interrupted = draft.Interrupted,
        Usage = draft.Usage,
        TriggersVisual = draft.HasImages,
    };

    private bool IsClosedBy(string commitId, string? gitHash) => transaction.Prepare(
        "select 1 from cognitive_commits where id = $id and closed_by = 'git_commit' and git_hash is $hash").With(("$id", commitId), ("$hash", gitHash)).ExecuteScalar() is not null;

    /// <summary>Deleted by the user, or pruned from here: its rows are not brought back.</summary>
    private bool IsRemoved(string commitId) => transaction.Prepare("""
        select 1 from cognitive_commits where id = $id and deleted_at is not null union all select 1 from pruned_commits where commit_id = $id
        """).With("$id", commitId).ExecuteScalar() is not null;
}
