namespace CogCommit.Core.Store;

/// <summary>How long, and how much, the cache of fetched pictures keeps.</summary>
/// <param name="TimeToLive">Since it was last used.</param>
/// <param name="Bytes">All of them together; what was not used for the longest goes first.</param>
public sealed record VisualCacheLimits(TimeSpan TimeToLive, long Bytes);
