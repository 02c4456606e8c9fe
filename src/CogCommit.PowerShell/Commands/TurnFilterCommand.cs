using System.Management.Automation;
using CogCommit.Core;
using CogCommit.Core.Query;
using CogCommit.PowerShell.Parameters;
using CogCommit.PowerShell.Parameters.Completion;
using CogCommit.PowerShell.Pipeline;

namespace CogCommit.PowerShell;

/// <summary>The filters that Get-CogCommitSession and Get-CogCommitTurn have in common.</summary>
public abstract class TurnFilterCommand : CommitIdCommand
{

    /// <summary>The commits: ids, their first 8 or more characters, or objects that have one.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The commits: ids, the first 8 or more characters of them, or objects with CommitId or Id.")]
    [Alias("Id")]
    [CommitId("SessionId", "TurnId")]
    [ArgumentCompleter(typeof(CommitIdCompleter))]
    public string[]? CommitId { get; set; }

    /// <summary>Sessions: their ids, the agent's own session ids, or the first 8 or more characters of either.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true,
        HelpMessage = "Sessions: their ids, the agent's own session ids, or the first 8 or more characters of either.")]
    [ObjectId("SessionId")]
    [ArgumentCompleter(typeof(SessionIdCompleter))]
    public string[]? SessionId { get; set; }

    /// <summary>Who speaks.</summary>
    [Parameter(HelpMessage = "Who speaks: user or assistant.")]
    [ValidateSet(Wire.User, Wire.Assistant)]
    public string[]? Role { get; set; }

    /// <summary>Names of tools that are called, wildcards allowed.</summary>
    [Parameter(HelpMessage = "Names of tools that are called, wildcards allowed.")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ToolCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Tool { get; set; }

    private protected TurnsTold AlreadyTold { get; } = new();

    /// <summary>
    /// What is looked for, commit by commit; in one go where no commit is named. An id that says none, or several, is an error of that id
    /// alone, and does not become a question for everything.
    /// </summary>
    private protected IEnumerable<TurnFilter> Scopes(string[]? turnId = null)
    {
        if (!AreChosen("Session", SessionId, turnId, (id, most) => SessionReader.FindIds(Store, id, most), out var sessions)
            || !AreChosen("Turn", turnId, SessionId, (id, most) => TurnReader.FindIds(Store, id, most), out var turns))
        {
            return [];
        }
        var filter = new TurnFilter { SessionIds = sessions, TurnIds = turns, Roles = Role ?? [], Tools = Tool ?? [] };
        if (CommitId is { Length: 0 } && sessions.Count + turns.Count == 0)
        {
            WriteError(ErrorRecords.Of(new CogCommitException("InvalidCommitId", "-CommitId has no id in it. Without -CommitId all are listed.", ErrorKind.InvalidArgument), null));
            return [];
        }
        return CommitId is { Length: > 0 } ? Resolve(CommitId).Select(commit => filter with { CommitIds = [commit.Id] })
            : ExistingStore is null ? []
            : [filter];
    }

    private bool AreChosen(string what, string[]? ids, string[]? others, Func<string, int, IReadOnlyList<string>> find, out IReadOnlyList<string> chosen)
    {
        var known = new List<string>();
        foreach (var id in ids ?? [])
        {
            ForOne(id, () => known.Add(ChosenId.Resolve(what, id, ExistingStore is null ? (_, _) => [] : find)));
        }
        chosen = known;
        if (ids is { Length: 0 } && CommitId is not { Length: > 0 } && others is not { Length: > 0 })
        {
            WriteError(ErrorRecords.Of(
                new CogCommitException($"Invalid{what}Id", $"-{what}Id has no id in it. Without -{what}Id all are listed.", ErrorKind.InvalidArgument), null));
            return false;
        }
        return ids is null or { Length: 0 } || known.Count > 0;
    }
}
