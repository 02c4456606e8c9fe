namespace CogCommit.Core.Daemon.Logon;

/// <summary>Runs a program of the system to its end.</summary>
public interface IProgramRunner
{
    ProgramResult Run(ProgramCall what);
}
