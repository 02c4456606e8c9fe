using CogCommit.CloudModel.Json;

namespace CogCommit.CloudModel.Rows;

/// <summary>A row of visuals.</summary>
internal sealed record ModelVisual
{
    private WireBytes wire;

    public required string Id { get; init; }

    public required string CommitId { get; init; }

    public required long Seq { get; init; }

    public string? TurnId { get; init; }

    public required string Type { get; init; }

    public required long CapturedAt { get; init; }

    public string? Caption { get; init; }

    public string? ContentHash { get; init; }

    public required long ByteSize { get; init; }

    public string? Mime { get; init; }

    /// <summary>Where the object lies: fixed when the row first comes.</summary>
    public required string Path { get; init; }

    public required int Version { get; init; }

    public required long UpdatedAt { get; init; }

    public long? DeletedAt { get; init; }

    public required string Rev { get; init; }

    public required string Hash { get; init; }

    /// <summary>What the quota counts.</summary>
    public required long Bytes { get; init; }

    public bool HasContent => Caption is not null || ContentHash is not null;

    public ReadOnlySpan<byte> Wire => wire.Of(this, static (to, row) => WireRows.Write(to, row));

    public static ModelVisual Of(Jsonb j, string id, string commitId, string path, long bytes, long seq, long now) => new()
    {
        Id = id,
        CommitId = commitId,
        Seq = seq,
        TurnId = j.TextOf("turn_id"),
        Type = j.TextOf("type")!,
        CapturedAt = Field.TimeOf(j["captured_at"]),
        Caption = j.TextOf("caption"),
        ContentHash = j.TextOf("content_hash"),
        ByteSize = Field.NumberOf(j["byte_size"]),
        Mime = j.TextOf("mime"),
        Path = path,
        Version = (int)Field.NumberOf(j["version"]),
        UpdatedAt = Field.Lowered(Field.TimeOf(j["updated_at"]), now),
        DeletedAt = Field.TimeOrNull(j["deleted_at"]),
        Rev = j.TextOf("rev")!,
        Hash = j.TextOf("hash")!,
        Bytes = bytes,
    };
}
