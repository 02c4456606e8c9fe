namespace CogCommit.Simulation.Tests.Invariants;

/// <summary>A state of what users said of a commit. When something was deleted is no difference; that it was, is.</summary>
internal readonly record struct Said(string CommitId, string What);
