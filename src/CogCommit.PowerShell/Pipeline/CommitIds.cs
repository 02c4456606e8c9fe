using CogCommit.Core;
using CogCommit.Core.Query;
using CogCommit.Core.Store;

namespace CogCommit.PowerShell.Pipeline;

/// <summary>From an id, or the beginning of one, to its commit.</summary>
internal static class CommitIds
{
    private const int Shortest = 8;
    private const int Listed = 10;

    /// <param name="store">Null: there is none.</param>
    /// <param name="id">An id, or the beginning of one.</param>
    /// <param name="deleted">Deleted commits are meant, and no others.</param>
    /// <exception cref="CogCommitException">InvalidCommitId, CommitNotFound, AmbiguousCommitId; of a deleted one CommitNotDeleted, CommitRemovedHere.</exception>
    internal static CognitiveCommit Resolve(StoreFile? store, string id, bool deleted = false)
    {
        var wanted = Prefix(id);
        var found = store is null ? [] : CommitReader.FindByIdPrefix(store, wanted, Listed + 1, deleted);
        return found.Count switch
        {
            1 => found[0],
            0 when deleted => throw NotDeleted(store, id, wanted),
            0 => throw NotHere(store, id, wanted),
            _ => throw new CogCommitException(
                "AmbiguousCommitId",
                $"Several commits begin with {id}. Give more of the id:{string.Concat(found.Take(Listed).Select(Line))}{(found.Count > Listed ? $"{Environment.NewLine}  and more" : "")}",
                ErrorKind.InvalidArgument),
        };
    }

    /// <summary>The beginning of an id as the store writes it.</summary>
    /// <exception cref="CogCommitException">InvalidCommitId.</exception>
    internal static string Prefix(string id)
    {
        var wanted = Guid.TryParse(id, out var whole) ? whole.ToString() : id.Trim().ToLowerInvariant();
        return wanted.Length >= Shortest && wanted.All(c => char.IsAsciiHexDigit(c) || c == '-')
            ? wanted
            : throw new CogCommitException(
                "InvalidCommitId",
                $"'{id}' is no id of a commit. Give its id, or the first {Shortest} or more characters of it.",
                ErrorKind.InvalidArgument);
    }

    /// <summary>Why there is no such commit, and what to type for it.</summary>
    private static CogCommitException NotHere(StoreFile? store, string id, string wanted)
    {
        var why = store is not null && CommitReader.FindByIdPrefix(store, wanted, 1, deleted: true).Count > 0
                ? $"The commit {id} was deleted; Restore-CogCommit {id} brings it back."
            : store is not null && CommitReader.FindPruned(store, wanted).Count > 0
                ? $"The commit {id} was removed from this machine; Receive-CogCommit {id} brings it back if the cloud has it."
            : store is not null && KindOf(store, wanted) is { } kind
                ? $"{id} is no commit but a {kind.ToLowerInvariant()}: Get-CogCommit{kind} -{kind}Id {id} shows it, and its CommitId is the commit."
            : $"There is no commit {id} here. Get-CogCommit -Force lists those that are, hidden ones too, and Get-CogCommit -Deleted what was deleted; "
                + "if another machine has it, Receive-CogCommit brings it.";
        return new CogCommitException("CommitNotFound", why, ErrorKind.NotFound);
    }

    /// <summary>The tables show other ids too.</summary>
    private static string? KindOf(StoreFile store, string wanted) =>
        TurnReader.FindIds(store, wanted, 1).Count > 0 ? "Turn"
        : VisualReader.FindIds(store, wanted, 1).Count > 0 ? "Visual"
        : SessionReader.FindIds(store, wanted, 1).Count > 0 ? "Session"
        : null;

    private static CogCommitException NotDeleted(StoreFile? store, string id, string wanted)
    {
        if (store is not null && CommitReader.FindPruned(store, wanted).Count > 0)
        {
            return new CogCommitException(
                "CommitRemovedHere",
                $"The commit {id} was not deleted, only removed from this machine. Receive-CogCommit {id} brings it back from the cloud.",
                ErrorKind.Conflict);
        }
        return store is not null && CommitReader.FindByIdPrefix(store, wanted, 1).Count > 0
            ? new CogCommitException("CommitNotDeleted", $"The commit {id} is here and not deleted. Nothing was changed.", ErrorKind.Conflict)
            : new CogCommitException(
                "CommitNotFound", $"There is no deleted commit {id} here. Get-CogCommit -Deleted lists those that can come back.", ErrorKind.NotFound);
    }

    private static string Line(CognitiveCommit commit) => $"{Environment.NewLine}  {commit.Id}  {commit.Title}";
}
