namespace CogCommit.Core.Query;

/// <summary>Which turns are meant; see <see cref="CommitFilter"/>. Without ids, those of hidden commits are left out.</summary>
public sealed record TurnFilter
{
    public IReadOnlyList<string> CommitIds { get; init; } = [];

    /// <summary>Ids of session rows, or the agent's own session ids.</summary>
    public IReadOnlyList<string> SessionIds { get; init; } = [];

    public IReadOnlyList<string> TurnIds { get; init; } = [];

    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Names of tools that the turn calls, with PowerShell's wildcards.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];
}
