namespace CogCommit.Core.Daemon.Logon;

/// <summary>A program that is run to register, or to undo it.</summary>
/// <param name="Call">The program.</param>
/// <param name="MayFail">It makes room for what follows, and where there is nothing in the way it fails.</param>
public sealed record LogonStep(ProgramCall Call, bool MayFail = false);
