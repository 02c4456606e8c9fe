using CogCommit.Core;
using CogCommit.Core.Query;
using CogCommit.Core.Store;

namespace CogCommit.PowerShell.Pipeline;

/// <summary>From an id, or the beginning of one, to its commit.</summary>
internal static class CommitIds
{
    private const int Shortest = 8;
    private const int Listed = 10;

    /// <exception cref="CogCommitException">InvalidCommitId, CommitNotFound, AmbiguousCommitId.</exception>
    internal static CognitiveCommit Resolve(StoreFile? store, string id)
    {
        var wanted = Guid.TryParse(id, out var whole) ? whole.ToString() : id.Trim().ToLowerInvariant();
        if (wanted.Length < Shortest || !wanted.All(c => char.IsAsciiHexDigit(c) || c == '-'))
        {
            throw new CogCommitException(
                "InvalidCommitId",
                $"'{id}' is no id of a commit. Give its id, or the first {Shortest} or more characters of it.",
                ErrorKind.InvalidArgument);
        }
        var found = store is null ? [] : CommitReader.FindByIdPrefix(store, wanted, Listed + 1);
        return found.Count switch
        {
            1 => found[0],
            0 => throw new CogCommitException(
                "CommitNotFound",
                $"There is no commit {id} here. Get-CogCommit -Force lists all; if another machine has it, Receive-CogCommit brings it.",
                ErrorKind.NotFound),
            _ => throw new CogCommitException(
                "AmbiguousCommitId",
                $"Several commits begin with {id}. Give more of the id:{string.Concat(found.Take(Listed).Select(Line))}{(found.Count > Listed ? $"{Environment.NewLine}  and more" : "")}",
                ErrorKind.InvalidArgument),
        };
    }

    private static string Line(CognitiveCommit commit) => $"{Environment.NewLine}  {commit.Id}  {commit.Title}";
}
