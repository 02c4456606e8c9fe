namespace CogCommit.Core.Store;

/// <summary>What a user changes about a commit. What is null stays as it is.</summary>
public sealed record CurationChange
{
    /// <summary>The new title; empty: the derived one again.</summary>
    public string? Title { get; init; }

    /// <summary>The project it belongs to; empty: the one that capture found again.</summary>
    public string? Project { get; init; }

    public bool? Hidden { get; init; }

    public bool? Published { get; init; }

    public int? DisplayOrder { get; init; }
}
