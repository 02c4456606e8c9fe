using System.Text;

namespace CogCommit.Core.Rows;

/// <summary>A turn as it travels.</summary>
internal sealed record TurnRow
{
    public required string Id { get; init; }

    public required string SessionId { get; init; }

    public int Ordinal { get; init; }

    public required string Role { get; init; }

    public string? Content { get; init; }

    public required string Timestamp { get; init; }

    public string? Model { get; init; }

    /// <summary>A JSON array, or null.</summary>
    public string? ToolCalls { get; init; }

    public bool Interrupted { get; init; }

    /// <summary>A JSON object, or null.</summary>
    public string? Usage { get; init; }

    public bool TriggersVisual { get; init; }

    public required string Rev { get; init; }

    public required string Hash { get; init; }

    /// <summary>What counts against the quota.</summary>
    public long Bytes => Encoding.UTF8.GetByteCount(Content ?? "") + Encoding.UTF8.GetByteCount(ToolCalls ?? "");
}
