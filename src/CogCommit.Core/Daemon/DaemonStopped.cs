namespace CogCommit.Core.Daemon;

/// <summary>What became of the one who watched.</summary>
/// <param name="ProcessId">His process.</param>
/// <param name="Killed">He did not stop by himself.</param>
public sealed record DaemonStopped(int ProcessId, bool Killed);
