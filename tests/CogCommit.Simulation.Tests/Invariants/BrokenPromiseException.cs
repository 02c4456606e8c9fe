namespace CogCommit.Simulation.Tests.Invariants;

/// <summary>Something that CogCommit promises did not hold.</summary>
internal sealed class BrokenPromiseException(string message) : Exception(message);
