namespace CogCommit.Core.Query;

/// <summary>Which visuals are meant; see <see cref="CommitFilter"/>. Without ids, those of hidden commits are left out.</summary>
public sealed record VisualFilter
{
    public IReadOnlyList<string> VisualIds { get; init; } = [];

    public IReadOnlyList<string> CommitIds { get; init; } = [];

    public IReadOnlyList<string> TurnIds { get; init; } = [];

    /// <summary>With PowerShell's wildcards.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>Shown names of projects, with PowerShell's wildcards.</summary>
    public IReadOnlyList<string> Projects { get; init; } = [];

    /// <summary>Taken then or later.</summary>
    public DateTimeOffset? Since { get; init; }
}
