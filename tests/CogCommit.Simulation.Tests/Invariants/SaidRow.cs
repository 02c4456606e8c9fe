namespace CogCommit.Simulation.Tests.Invariants;

/// <summary>What stands on a commit somewhere.</summary>
/// <param name="Said">What.</param>
/// <param name="Hash">Of it: all that is left of it where the cloud purged the commit.</param>
/// <param name="Title">The user's own, or null.</param>
internal readonly record struct SaidRow(Said Said, string Hash, string? Title);
