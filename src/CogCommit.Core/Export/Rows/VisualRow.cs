namespace CogCommit.Core.Export.Rows;

internal sealed record VisualRow
{
    public required string Id { get; init; }

    public required string CommitId { get; init; }

    public string? TurnId { get; init; }

    public required string Type { get; init; }

    public string? Mime { get; init; }

    public string? ContentHash { get; init; }

    public long ByteSize { get; init; }

    public required string CapturedAt { get; init; }

    public string? Caption { get; init; }

    public required string Rev { get; init; }

    public string? Hash { get; init; }

    public long Version { get; init; }

    public string? UpdatedAt { get; init; }

    /// <summary>The picture itself; null when this machine does not have it.</summary>
    public byte[]? Data { get; init; }
}
