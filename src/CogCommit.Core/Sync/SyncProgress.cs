namespace CogCommit.Core.Sync;

/// <summary>How far a push, a pull or a sync is.</summary>
/// <param name="Activity">What is done now.</param>
/// <param name="Done">How many are done.</param>
/// <param name="Total">How many there are; 0 when nobody knows.</param>
/// <param name="Unit">What is counted: rows, turns, commits.</param>
public sealed record SyncProgress(string Activity, long Done, long Total, string Unit = "rows");
