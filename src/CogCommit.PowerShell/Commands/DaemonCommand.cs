using CogCommit.Core.Daemon;
using CogCommit.Core.Daemon.Logon;

namespace CogCommit.PowerShell;

/// <summary>What the cmdlets of the daemon share.</summary>
public abstract class DaemonCommand : CogCommitCommand
{
    /// <summary>What the system starts at logon.</summary>
    private protected LogonStart Logon => LogonStart.OfThisSystem(Home, FindPowerShell(), ModuleBase, new ProgramRunner());

    /// <summary>The daemon as it is now.</summary>
    private protected DaemonStatus Status => DaemonStatusReader.Read(Home, IsRegistered);

    /// <summary>Whether the system starts it at logon.</summary>
    private protected bool IsRegistered => LogonStart.OfThisSystem(Home, new PowerShellProgram("pwsh", []), ModuleBase, new ProgramRunner()).IsRegistered;

    /// <summary>The PowerShell that a daemon is started with: this one, if it can be.</summary>
    private protected PowerShellProgram FindPowerShell() => PowerShellProgram.Find(
        Environment.ProcessPath,
        Environment.GetCommandLineArgs().FirstOrDefault(),
        GetVariableValue("PSHOME") as string,
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator),
        File.Exists);

    // Of the manifest that was imported; an assembly that was imported by itself lies in it or, in a clone, below it.
    private string ModuleBase => MyInvocation.MyCommand.Module?.ModuleBase ?? Path.GetDirectoryName(typeof(DaemonCommand).Assembly.Location)!;
}
