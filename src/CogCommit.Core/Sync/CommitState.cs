namespace CogCommit.Core.Sync;

/// <summary>What the push plan has to know of a commit with rows that wait.</summary>
internal sealed record CommitState
{
    public required string Id { get; init; }

    public string Title { get; init; } = "";

    public string? ProjectName { get; init; }

    public bool Deleted { get; init; }

    public int TurnCount { get; init; }

    /// <summary>Its first prompt is exactly "Warmup".</summary>
    public bool Warmup { get; init; }

    /// <summary>The cloud has the commit's row.</summary>
    public bool Confirmed { get; init; }

    public string? PushState { get; init; }

    /// <summary>Bytes of all its turns.</summary>
    public long Bytes { get; init; }

    /// <summary>The cloud does not have what the user said last.</summary>
    public bool EditWaits { get; init; }

    /// <summary>The commit's own row, as it is, was refused.</summary>
    public bool RowRefused { get; init; }

    /// <summary>At least one of its rows waits that was not refused as it is.</summary>
    public bool HasFreshRows { get; init; }

    /// <summary>One of its rows is refused, rather than too large.</summary>
    public bool HasErrors { get; init; }

    /// <summary>Turns that wait.</summary>
    public int Turns { get; init; }

    /// <summary>Bytes of the turns that wait.</summary>
    public long TurnBytes { get; init; }
}
