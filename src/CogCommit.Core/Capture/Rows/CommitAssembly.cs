using CogCommit.Core.Capture.Cut;
using CogCommit.Core.Capture.Fold;
using CogCommit.Core.Capture.Memory;
using CogCommit.Core.Rows;

namespace CogCommit.Core.Capture.Rows;

/// <summary>A subagent's turns that belong to a commit.</summary>
internal sealed record SubagentPart(AgentSession Session, long Attribution, IReadOnlyList<TurnFact> Turns, IReadOnlyList<Closing> Closings);

/// <summary>What a commit is, from the facts of its turns. Pure.</summary>
internal static class CommitAssembly
{
    /// <param name="turns">Its turns of the main session that are owned, at least one.</param>
    public static CapturedCommit Assemble(
        string agentSessionId, string source, CutRange range, IReadOnlyList<TurnFact> turns, IReadOnlyList<SubagentPart> subagents)
    {
        var id = Ids.OfCommit(turns[0].TurnId);
        var closing = range.Closings.Count > 0 ? range.Closings[^1] : null;
        var all = turns.Concat(subagents.SelectMany(part => part.Turns)).ToList();
        var times = all.Select(turn => turn.Timestamp).Concat(range.Closings.Select(made => made.Time)).ToList();
        var made = range.Closings.Concat(range.Amended)
            .Concat(subagents.SelectMany(part => part.Closings))
            .Select(line => line.Hash).Distinct().ToList();
        return new CapturedCommit
        {
            Id = id,
            AgentSessionId = agentSessionId,
            Source = source,
            Branch = turns.LastOrDefault(turn => turn.Branch is not null)?.Branch,
            GitHash = closing?.Hash,
            GitHashes = made,
            GitSubject = closing?.Subject,
            StartedAt = times.Min(),
            ClosedAt = times.Max(),
            ClosedBy = range.ClosedBy,
            ClosedAfter = range.ClosedBy == "explicit" ? turns[^1].TurnId : null,
            FilesRead = [.. all.SelectMany(turn => turn.FilesRead).Distinct()],
            FilesChanged = [.. all.SelectMany(turn => turn.FilesChanged).Distinct()],
            DerivedTitle = Title(turns, closing),
        };
    }

    /// <summary>Rule 11; a commit always has one.</summary>
    private static string Title(IReadOnlyList<TurnFact> turns, Closing? closing)
    {
        string? First(bool isPrompt, bool isBareCommand) => turns
            .FirstOrDefault(turn => turn.IsPrompt == isPrompt && turn.IsBareCommand == isBareCommand && turn.Title is not null)?.Title;
        return CommitTitle.Of(
            First(isPrompt: true, isBareCommand: false), closing?.Subject, First(isPrompt: false, isBareCommand: false),
            First(isPrompt: true, isBareCommand: true));
    }
}
