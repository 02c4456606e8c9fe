using System.Text.Json;

namespace CogCommit.Core.Rows;

public sealed record TokenUsage(long InputTokens, long OutputTokens, long CacheCreationInputTokens, long CacheReadInputTokens)
{
    /// <summary>From the store's JSON object; what it lacks is 0.</summary>
    internal static TokenUsage? Read(string? text)
    {
        if (text is null)
        {
            return null;
        }

        using var json = JsonDocument.Parse(text);
        long Number(string name) => json.RootElement.TryGetProperty(name, out var value) ? value.GetInt64() : 0;
        return new TokenUsage(
            Number("input_tokens"), Number("output_tokens"), Number("cache_creation_input_tokens"), Number("cache_read_input_tokens"));
    }
}
