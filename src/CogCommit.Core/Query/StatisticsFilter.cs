namespace CogCommit.Core.Query;

/// <summary>Which turns are counted; see <see cref="CommitFilter"/>.</summary>
public sealed record StatisticsFilter
{
    public IReadOnlyList<string> Projects { get; init; } = [];

    /// <summary>Turns written at or after it.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Turns written at or before it.</summary>
    public DateTimeOffset? Until { get; init; }
}
