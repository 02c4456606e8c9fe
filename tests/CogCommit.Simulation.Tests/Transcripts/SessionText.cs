namespace CogCommit.Simulation.Tests.Transcripts;

/// <summary>A transcript of the simulated world, as long as it will ever be.</summary>
/// <param name="Path">Relative to the folder of transcripts.</param>
/// <param name="Bytes">All of it.</param>
/// <param name="Needs">
/// Which one must be there too, and how much of it: of a subagent its main session, of a fork what it replays. Both are written on the
/// machine that has the other.
/// </param>
internal sealed record SessionText(string Path, byte[] Bytes, (int Text, int Length)? Needs = null);
