namespace CogCommit.Core.Sync;

/// <summary>An edit of a commit that lost against another one, as the conflict archive keeps it.</summary>
public sealed record ConflictEntry
{
    public required string Id { get; init; }

    public required string CommitId { get; init; }

    /// <summary>The user's half that lost, as JSON in the form of the wire.</summary>
    public required string Lost { get; init; }

    /// <summary>What it lost against.</summary>
    public required string Won { get; init; }

    public required DateTimeOffset ArchivedAt { get; init; }

    /// <summary>When it was restored or dismissed; null while nobody did.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }
}
