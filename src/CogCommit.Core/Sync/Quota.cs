using System.Text.Json;
using System.Text.Json.Serialization;

namespace CogCommit.Core.Sync;

/// <summary>The cloud's last word on what may be there and what is. A null is unknown, and no limit.</summary>
internal sealed record Quota
{
    [JsonPropertyName("tier")]
    public string? Tier { get; init; }

    [JsonPropertyName("commit_limit")]
    public long? CommitLimit { get; init; }

    [JsonPropertyName("commits")]
    public long? Commits { get; init; }

    [JsonPropertyName("storage_limit_bytes")]
    public long? StorageLimitBytes { get; init; }

    [JsonPropertyName("bytes")]
    public long? Bytes { get; init; }

    [JsonIgnore]
    public long CommitsLeft => CommitLimit is { } limit && Commits is { } used ? Math.Max(0, limit - used) : long.MaxValue;

    [JsonIgnore]
    public long BytesLeft => StorageLimitBytes is { } limit && Bytes is { } used ? Math.Max(0, limit - used) : long.MaxValue;

    /// <summary>Null when the answer has none, or one that cannot be read: then what was known stays.</summary>
    public static Quota? Of(JsonElement answer)
    {
        if (!answer.TryGetProperty("quota", out var quota) || quota.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        try
        {
            return quota.Deserialize<Quota>();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static Quota? Of(string? stored) => stored is null ? null : JsonSerializer.Deserialize<Quota>(stored);

    public string ToText() => JsonSerializer.Serialize(this);
}
