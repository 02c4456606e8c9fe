namespace CogCommit.Core.Rows;

/// <summary>A commit as it travels.</summary>
internal sealed record CommitRow
{
    public required string Id { get; init; }

    /// <summary>Null when this half is not sent.</summary>
    public CapturedFields? Captured { get; init; }

    /// <summary>Null when this half is not sent.</summary>
    public CuratedFields? Curated { get; init; }

    /// <summary>
    /// Only in pushes: the hash of the curated half that this device knows of in the cloud; empty when it knows of none. Where the cloud
    /// has another one it answers with that, and this device decides who wins, and keeps what loses.
    /// </summary>
    public string? CuratedBase { get; init; }

    /// <summary>Deleted so long ago that the cloud holds the empty row alone. Only in answers.</summary>
    public bool Purged { get; init; }

    /// <summary>Where a purged commit ended, unless a git commit closed it. Only in answers.</summary>
    public PurgedBoundary? Boundary { get; init; }
}
