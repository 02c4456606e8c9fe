namespace CogCommit.Core.Query;

/// <summary>Which turns are counted; see <see cref="CommitFilter"/>.</summary>
public sealed record StatisticsFilter
{
    /// <summary>Of these commits alone, hidden ones too; however many there are.</summary>
    public IReadOnlyCollection<string> CommitIds { get; init; } = [];

    public IReadOnlyList<string> Projects { get; init; } = [];

    /// <summary>Turns written at or after it.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Turns written at or before it.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Where no commit is named: which commits' turns.</summary>
    public Visibility Visibility { get; init; }
}
