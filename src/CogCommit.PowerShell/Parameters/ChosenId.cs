using CogCommit.Core;

namespace CogCommit.PowerShell.Parameters;

/// <summary>From an id, or the beginning of one, to the whole id of a session or a turn.</summary>
internal static class ChosenId
{
    private const int Shortest = 8;
    private const int Listed = 10;

    /// <param name="what">Session or Turn: of the errors' ids.</param>
    /// <param name="id">An id, or the beginning of one.</param>
    /// <param name="find">The ids in the store that are it, else begin with it, at most so many.</param>
    /// <exception cref="CogCommitException">SessionNotFound, AmbiguousSessionId, and the same of turns.</exception>
    internal static string Resolve(string what, string id, Func<string, int, IReadOnlyList<string>> find)
    {
        var typed = Guid.TryParse(id, out var whole) ? whole.ToString() : id.Trim();
        var found = find(typed, Listed + 1);
        if (found.Count == 0)
        {
            found = find(typed.ToLowerInvariant(), Listed + 1);
        }
        // A few characters fit by chance; an agent's own id may be as short.
        found = typed.Length >= Shortest ? found : [.. found.Where(one => one.Equals(typed, StringComparison.OrdinalIgnoreCase))];
        var noun = what.ToLowerInvariant();
        return found.Count switch
        {
            1 => found[0],
            0 => throw new CogCommitException(
                $"{what}NotFound",
                $"There is no {noun} {id} here. Get-CogCommit{what} lists them: its {what}Id is the id, or the first {Shortest} or more characters of it.",
                ErrorKind.NotFound),
            _ => throw new CogCommitException(
                $"Ambiguous{what}Id",
                $"Several {noun}s begin with {id}. Give more of the id:{string.Concat(found.Take(Listed).Select(one => $"{Environment.NewLine}  {one}"))}{(found.Count > Listed ? $"{Environment.NewLine}  and more" : "")}",
                ErrorKind.InvalidArgument),
        };
    }
}
