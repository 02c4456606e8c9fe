namespace CogCommit.Core.Sync;

/// <summary>How far a push, a pull or a sync is.</summary>
/// <param name="Activity">What is done now.</param>
/// <param name="Done">Rows done.</param>
/// <param name="Total">Rows in all; 0 when nobody knows.</param>
public sealed record SyncProgress(string Activity, long Done, long Total);
