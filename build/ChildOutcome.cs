namespace CogCommit.Build;

/// <summary>What came of a process.</summary>
/// <param name="ExitCode">Its own, or that of being stopped.</param>
/// <param name="InTime">False when it took longer than it may and was stopped.</param>
/// <param name="Said">What it wrote, to stdout and stderr.</param>
internal sealed record ChildOutcome(int ExitCode, bool InTime, string Said);
