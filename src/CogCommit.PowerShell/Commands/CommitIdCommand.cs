using CogCommit.Core;
using CogCommit.PowerShell.Pipeline;

namespace CogCommit.PowerShell;

/// <summary>What cmdlets share that are told which commits are meant by their ids.</summary>
public abstract class CommitIdCommand : CogCommitCommand
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>The commits of these ids. An id that says none, or several, is an error of that id alone.</summary>
    private protected IEnumerable<CognitiveCommit> Resolve(IEnumerable<string> ids, bool deleted = false)
    {
        foreach (var id in ids)
        {
            StopToken.ThrowIfCancellationRequested();
            CognitiveCommit commit;
            try
            {
                commit = CommitIds.Resolve(ExistingStore, id, deleted);
            }
            catch (CogCommitException gone) when (gone.ErrorId == "CommitNotFound" && WasMeant(id))
            {
                // Removed by this very pipeline: a search finds a commit as often as it has hits.
                continue;
            }
            catch (CogCommitException error)
            {
                WriteError(ErrorRecords.Of(error, id));
                continue;
            }
            if (!string.Equals(id, commit.Id, StringComparison.OrdinalIgnoreCase))
            {
                WriteVerbose($"{id} is the commit {commit.Id} ({commit.Title}).");
            }
            yield return commit;
        }
    }

    /// <summary>True the first time in the whole pipeline: a search finds a commit as often as it has hits.</summary>
    private protected bool IsNew(string id) => _seen.Add(id);

    private bool WasMeant(string id)
    {
        var prefix = CommitIds.Prefix(id);
        return _seen.Contains(prefix) || _seen.Any(seen => seen.StartsWith(prefix, StringComparison.Ordinal));
    }
}
