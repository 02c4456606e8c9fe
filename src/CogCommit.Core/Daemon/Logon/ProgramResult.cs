namespace CogCommit.Core.Daemon.Logon;

/// <summary>What came of a program.</summary>
/// <param name="Code">Its exit code; null: there is no such program.</param>
/// <param name="Output">What it said, errors too.</param>
public sealed record ProgramResult(int? Code, string Output);
