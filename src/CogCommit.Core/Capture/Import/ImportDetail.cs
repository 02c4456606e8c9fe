namespace CogCommit.Core.Capture.Import;

/// <summary>What an import did, and to what.</summary>
/// <param name="Result">The numbers.</param>
/// <param name="Sessions">The main agent sessions that said something new, or whose subagents did.</param>
/// <param name="NewTurns">How many new turns each commit got.</param>
/// <param name="Closed">The commits that a git commit closed.</param>
internal sealed record ImportDetail(
    ImportResult Result, IReadOnlySet<string> Sessions, IReadOnlyDictionary<string, int> NewTurns, IReadOnlySet<string> Closed);
