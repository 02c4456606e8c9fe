namespace CogCommit.Core.Sync;

/// <summary>What became of the pictures that waited.</summary>
/// <param name="Sent">How many were sent.</param>
/// <param name="Waiting">How many of this machine wait for room in the cloud.</param>
public sealed record VisualUploads(int Sent, int Waiting);
