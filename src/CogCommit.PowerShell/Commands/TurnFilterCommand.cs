using System.Management.Automation;
using CogCommit.Core;
using CogCommit.Core.Query;
using CogCommit.PowerShell.Parameters;

namespace CogCommit.PowerShell;

/// <summary>The filters that Get-CogCommitSession and Get-CogCommitTurn have in common.</summary>
public abstract class TurnFilterCommand : CommitIdCommand
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>The commits: ids, their first 8 or more characters, or objects that have one.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The commits: ids, the first 8 or more characters of them, or objects with CommitId or Id.")]
    [Alias("Id")]
    [CommitId]
    [ValidateNotNullOrEmpty]
    public string[]? CommitId { get; set; }

    /// <summary>Ids of sessions, or the agent's own session ids.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "Ids of sessions, or the agent's own session ids.")]
    public string[]? SessionId { get; set; }

    /// <summary>Who speaks.</summary>
    [Parameter(HelpMessage = "Who speaks: user or assistant.")]
    [ValidateSet(Wire.User, Wire.Assistant)]
    public string[]? Role { get; set; }

    /// <summary>Names of tools that are called, wildcards allowed.</summary>
    [Parameter(HelpMessage = "Names of tools that are called, wildcards allowed.")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Tool { get; set; }

    private void RequireSession(string id)
    {
        if (ExistingStore is not { } store || !SessionReader.Exists(store, id))
        {
            throw new CogCommitException("SessionNotFound", $"There is no session {id} here. Get-CogCommitSession lists those that are.", ErrorKind.NotFound);
        }
    }

    /// <summary>The ids to look up one after another: commits that are named, or none for all of them.</summary>
    private protected IEnumerable<IReadOnlyList<string>> Scopes()
    {
        foreach (var id in (SessionId ?? []).Where(_asked.Add))
        {
            ForOne(id, () => RequireSession(id));
        }
        if (CommitId is null)
        {
            return ExistingStore is null ? [] : [[]];
        }
        // Sessions of one commit come by one by one when they are piped: each is another question.
        var sessions = string.Join(' ', SessionId ?? []);
        return Resolve(CommitId).Where(commit => IsNew($"{commit.Id} {sessions}")).Select(commit => new[] { commit.Id });
    }
}
