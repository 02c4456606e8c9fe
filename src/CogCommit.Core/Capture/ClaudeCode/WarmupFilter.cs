namespace CogCommit.Core.Capture.ClaudeCode;

/// <summary>Sessions that the agent's program starts by itself to warm up: kept, but never uploaded, nor counted against a quota.</summary>
internal static class WarmupFilter
{
    /// <summary>Exactly this text: people write about warming up too.</summary>
    public static bool IsWarmup(string? firstPrompt) => firstPrompt == "Warmup";
}
