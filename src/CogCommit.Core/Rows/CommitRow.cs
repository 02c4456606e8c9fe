namespace CogCommit.Core.Rows;

/// <summary>A commit as it travels.</summary>
internal sealed record CommitRow
{
    public required string Id { get; init; }

    /// <summary>Null when this half is not sent.</summary>
    public CapturedFields? Captured { get; init; }

    /// <summary>Null when this half is not sent.</summary>
    public CuratedFields? Curated { get; init; }

    /// <summary>Deleted so long ago that the cloud holds the empty row alone. Only in answers.</summary>
    public bool Purged { get; init; }

    /// <summary>Where a purged commit ended, unless a git commit closed it. Only in answers.</summary>
    public PurgedBoundary? Boundary { get; init; }
}
