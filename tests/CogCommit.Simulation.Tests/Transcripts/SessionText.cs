namespace CogCommit.Simulation.Tests.Transcripts;

/// <summary>A transcript of the simulated world, as long as it will ever be.</summary>
/// <param name="Path">Relative to the folder of transcripts.</param>
/// <param name="Bytes">All of it.</param>
/// <param name="Main">Of a subagent: which one is its main session. No machine has the one without a beginning of the other.</param>
internal sealed record SessionText(string Path, byte[] Bytes, int? Main = null);
