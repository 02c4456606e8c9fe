namespace CogCommit.Core.Export.Rows;

internal sealed record TurnRow
{
    public required string Id { get; init; }

    public required string SessionId { get; init; }

    public long Ordinal { get; init; }

    public required string Role { get; init; }

    public string? Content { get; init; }

    public required string Timestamp { get; init; }

    public string? Model { get; init; }

    /// <summary>JSON: [{id, name, input, result, isError}], or null.</summary>
    public string? ToolCalls { get; init; }

    public bool Interrupted { get; init; }

    /// <summary>JSON, or null.</summary>
    public string? Usage { get; init; }

    public bool TriggersVisual { get; init; }

    public required string Rev { get; init; }

    public string? Hash { get; init; }
}
