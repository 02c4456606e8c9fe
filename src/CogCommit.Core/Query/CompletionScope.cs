namespace CogCommit.Core.Query;

/// <summary>What is typed already, and narrows what may come next; see <see cref="CommitFilter"/> for the lists.</summary>
public sealed record CompletionScope
{
    public IReadOnlyList<string> Projects { get; init; } = [];

    public IReadOnlyList<string> Branches { get; init; } = [];

    /// <summary>Ids of commits, or beginnings of them.</summary>
    public IReadOnlyList<string> CommitIds { get; init; } = [];

    public Visibility Visibility { get; init; }

    /// <summary>Only commits that have conflicts, open or resolved.</summary>
    public bool InConflict { get; init; }
}
