using System.Text;
using CogCommit.CloudModel.Json;

namespace CogCommit.CloudModel.Rows;

/// <summary>A row of turns.</summary>
internal sealed class ModelTurn
{
    private static readonly string[] UsageNames = ["input_tokens", "output_tokens", "cache_read_input_tokens", "cache_creation_input_tokens"];

    private WireBytes wire;

    public required string Id { get; init; }

    public required string SessionId { get; init; }

    public required long Seq { get; init; }

    public required long Ordinal { get; init; }

    public required string Role { get; init; }

    public string? Content { get; init; }

    public required long Timestamp { get; init; }

    public string? Model { get; init; }

    public Jsonb? ToolCalls { get; init; }

    public bool Interrupted { get; init; }

    /// <summary>Of the four that are kept those that were sent, in jsonb's order; null: there was no usage.</summary>
    public IReadOnlyList<(string Name, string Number)>? Usage { get; init; }

    public bool TriggersVisual { get; init; }

    public required string Rev { get; init; }

    public required string Hash { get; init; }

    /// <summary>What the quota counts.</summary>
    public required long Bytes { get; init; }

    public ReadOnlySpan<byte> Wire => wire.Of(this, static (to, row) => WireRows.Write(to, row));

    public static ModelTurn Of(Jsonb j, string id, string sessionId, long seq) => new()
    {
        Id = id,
        SessionId = sessionId,
        Seq = seq,
        Ordinal = Field.NumberOf(j["ordinal"]),
        Role = j.TextOf("role")!,
        Content = j.TextOf("content"),
        Timestamp = Field.TimeOf(j["timestamp"]),
        Model = j.TextOf("model"),
        ToolCalls = Field.JsonOf(j["tool_calls"]),
        Interrupted = Field.FlagOf(j["interrupted"]),
        Usage = UsageOf(j["usage"]),
        TriggersVisual = Field.FlagOf(j["triggers_visual"]),
        Rev = j.TextOf("rev")!,
        Hash = j.TextOf("hash")!,
        Bytes = BytesOf(j),
    };

    public static long BytesOf(Jsonb j) =>
        Encoding.UTF8.GetByteCount(j.TextOf("content") ?? "") + (Field.JsonOf(j["tool_calls"])?.PrintedBytes ?? 0);

    /// <summary>Text and calls as they print, and what all else in a turn is about as long as.</summary>
    public static long TravellingBytesOf(Jsonb j) =>
        (Field.JsonOf(j["content"])?.PrintedBytes ?? 0) + (Field.JsonOf(j["tool_calls"])?.PrintedBytes ?? 0) + 400;

    private static List<(string Name, string Number)>? UsageOf(Jsonb? j) =>
        Check.IsAbsent(j) ? null : [.. UsageNames.Where(name => !Check.IsAbsent(j![name])).Select(name => (name, j![name]!.Text))];
}
