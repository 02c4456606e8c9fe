namespace CogCommit.Core.Store;

/// <summary>The content of visuals that is on this machine: captured or added here, or fetched into the cache.</summary>
/// <param name="home">Where both lie.</param>
/// <param name="cache">The cache, with its limits.</param>
public sealed class LocalVisuals(CogCommitHome home, VisualCache cache)
{
    /// <summary>Where it lies; null when it does not. Nothing is read: what lies there may be damaged.</summary>
    public string? Find(string? contentHash) =>
        contentHash is null ? null : VisualFiles.Find(home.VisualsPath, contentHash) ?? VisualFiles.Find(home.VisualCachePath, contentHash);

    /// <summary>Where it lies whole; null when it does not. For the cache a use.</summary>
    public string? FindWhole(string? contentHash) =>
        contentHash is null ? null
        : VisualFiles.Find(home.VisualsPath, contentHash) is { } path && VisualFiles.IsWhole(path, contentHash) ? path
        : cache.Find(contentHash);
}
