namespace CogCommit.Core.Store;

/// <summary>How far the upgrade of an original's store is.</summary>
/// <param name="Step">The step that begins, from 1.</param>
/// <param name="Steps">How many there are.</param>
/// <param name="Name">What it does.</param>
public sealed record UpgradeProgress(int Step, int Steps, string Name);
