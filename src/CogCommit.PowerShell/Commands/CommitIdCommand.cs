using CogCommit.Core;
using CogCommit.Core.Query;
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
            catch (CogCommitException gone) when (gone.ErrorId == "CommitNotFound" && !deleted)
            {
                WriteError(ErrorRecords.Of(NotHere(id), id));
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

    /// <summary>Why there is no such commit, and what to type for it.</summary>
    private CogCommitException NotHere(string id)
    {
        var prefix = CommitIds.Prefix(id);
        var why =
            ExistingStore is { } store && CommitReader.FindByIdPrefix(store, prefix, 1, deleted: true).Count > 0
                ? $"The commit {id} was deleted; Restore-CogCommit {id} brings it back."
            : ExistingStore is { } pruned && CommitReader.FindPruned(pruned, prefix).Count > 0
                ? $"The commit {id} was removed from this machine; Receive-CogCommit {id} brings it back if the cloud has it."
            : $"There is no commit {id} here. Get-CogCommit -Force lists those that are, hidden ones too, and Get-CogCommit -Deleted what was deleted; "
                + "if another machine has it, Receive-CogCommit brings it.";
        return new CogCommitException("CommitNotFound", why, ErrorKind.NotFound);
    }

    private bool WasMeant(string id)
    {
        var prefix = CommitIds.Prefix(id);
        return _seen.Any(seen => seen.StartsWith(prefix, StringComparison.Ordinal));
    }
}
