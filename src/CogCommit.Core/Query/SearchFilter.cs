namespace CogCommit.Core.Query;

/// <summary>What is searched for, and where; see <see cref="CommitFilter"/> for the lists.</summary>
public sealed record SearchFilter
{
    /// <summary>Words, "phrases", prefix*, AND OR NOT, parentheses.</summary>
    public required string Query { get; init; }

    public IReadOnlyList<string> Projects { get; init; } = [];

    public IReadOnlyList<string> Branches { get; init; } = [];

    public IReadOnlyList<string> Sources { get; init; } = [];

    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>user, assistant, or commit for hits in titles, git subjects and file paths.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>The turn was written at or after it.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The turn was written at or before it.</summary>
    public DateTimeOffset? Until { get; init; }

    public Visibility Visibility { get; init; }
}
