namespace CogCommit.Simulation.Tests.Devices;

/// <summary>The process is gone. Nothing in the product may take it for an error of its own.</summary>
internal sealed class CrashException() : Exception("The process is gone.");
