namespace CogCommit.Core.Store;

/// <summary>How far the search index is.</summary>
/// <param name="Done">Commits and turns that are in it.</param>
/// <param name="Total">Commits and turns in all.</param>
public sealed record IndexProgress(long Done, long Total);
