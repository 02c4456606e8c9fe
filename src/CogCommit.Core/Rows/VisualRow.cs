namespace CogCommit.Core.Rows;

/// <summary>What is known of a visual, as it travels. The picture itself goes another way.</summary>
internal sealed record VisualRow
{
    public required string Id { get; init; }

    public required string CommitId { get; init; }

    public string? TurnId { get; init; }

    public required string Type { get; init; }

    public required string CapturedAt { get; init; }

    public string? Caption { get; init; }

    public string? ContentHash { get; init; }

    public long ByteSize { get; init; }

    public string? Mime { get; init; }

    /// <summary>Where the picture lies in the cloud, fixed there. Only in answers.</summary>
    public string? CloudPath { get; init; }

    public required int Version { get; init; }

    public required string UpdatedAt { get; init; }

    public string? DeletedAt { get; init; }

    public required string Rev { get; init; }

    public required string Hash { get; init; }
}
