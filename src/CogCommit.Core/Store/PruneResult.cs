namespace CogCommit.Core.Store;

/// <summary>What <see cref="Pruning"/> did.</summary>
/// <param name="Pruned">Ids of the commits that are gone from this machine.</param>
/// <param name="NotPushed">Ids of those that stayed, since the cloud does not have all of them.</param>
public sealed record PruneResult(IReadOnlyList<string> Pruned, IReadOnlyList<string> NotPushed);
