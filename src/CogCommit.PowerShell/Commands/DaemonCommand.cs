using CogCommit.Core.Daemon;
using CogCommit.Core.Daemon.Logon;

namespace CogCommit.PowerShell;

/// <summary>What the cmdlets of the daemon share.</summary>
public abstract class DaemonCommand : CogCommitCommand
{
    /// <summary>The daemon as it is now.</summary>
    private protected DaemonStatus Status => DaemonStatusReader.Read(Home, IsRegistered);

    /// <summary>Whether the system starts it at logon.</summary>
    private protected bool IsRegistered => Logon(null).IsRegistered;

    /// <summary>What the system starts at logon.</summary>
    /// <param name="program">The PowerShell that is written down; null where nothing is.</param>
    private protected LogonStart Logon(PowerShellProgram? program) => LogonStart.OfThisSystem(
        Home, program?.Lasting(Folders, LinkTarget, Aliases) ?? new PowerShellProgram("pwsh", []), ModuleBase, new ProgramRunner());

    /// <summary>The PowerShell that a daemon is started with: this one, if it can be.</summary>
    private protected PowerShellProgram FindPowerShell() => PowerShellProgram.Find(
        Environment.ProcessPath,
        Environment.GetCommandLineArgs().FirstOrDefault(),
        GetVariableValue("PSHOME") as string,
        Folders,
        File.Exists);

    private static string[] Folders => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);

    private static string? Aliases => OperatingSystem.IsWindows()
        ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "Microsoft", "WindowsApps")
        : null;

    private static string? LinkTarget(string file) => File.Exists(file) ? File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(file) : null;

    // Of the manifest that was imported; an assembly that was imported by itself lies in it or, in a clone, below it.
    private string ModuleBase => MyInvocation.MyCommand.Module?.ModuleBase ?? Path.GetDirectoryName(typeof(DaemonCommand).Assembly.Location)!;
}
