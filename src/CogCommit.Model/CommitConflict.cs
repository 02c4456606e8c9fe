namespace CogCommit;

/// <summary>Two edits of the same state of a commit, one made on this machine and one on another, of which one gave way to the other.</summary>
public sealed class CommitConflict
{
    /// <summary>Of the conflict.</summary>
    public required string Id { get; init; }

    /// <summary>Of the commit that both edited.</summary>
    public required string CommitId { get; init; }

    /// <summary>The commit's title, as it is now.</summary>
    public required string Title { get; init; }

    /// <summary>What the two said differently, field by field.</summary>
    public required IReadOnlyList<CommitConflictField> Fields { get; init; }

    /// <summary>Which of the two gave way when they met: the edit of this machine, or the one that the cloud brought from another.</summary>
    public required ConflictSide LostSide { get; init; }

    /// <summary>What the commit says now in these fields: <c>Local</c>, <c>Cloud</c>, or <c>Other</c>, when it was edited since.</summary>
    public required string Stands { get; init; }

    /// <summary>When the two met on this machine.</summary>
    public required DateTimeOffset ArchivedAt { get; init; }

    /// <summary>Until then either side can be kept; after that it is forgotten.</summary>
    public required DateTimeOffset RestorableUntil { get; init; }

    /// <summary>When it was resolved; null while it was not.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>The commit's title, and what differs.</summary>
    public override string ToString() => $"{Title} ({string.Join("; ", Fields)})";
}
