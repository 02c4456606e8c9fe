using System.Runtime.InteropServices;

namespace CogCommit.Core.Daemon;

/// <summary>The terminal a process was started from.</summary>
internal static class Terminal
{
    /// <summary>Whoever starts a daemon sets it, for that process alone. A service has no terminal to leave.</summary>
    public const string LeaveVariable = "COGCOMMIT_LEAVE_TERMINAL";

    /// <summary>
    /// Makes this process the leader of a session without a terminal, so that closing that one, and Ctrl+C there, are none of its business.
    /// Where it is one already nothing changes.
    /// </summary>
    public static void LeaveIfTold()
    {
        if (!OperatingSystem.IsWindows() && Environment.GetEnvironmentVariable(LeaveVariable) == "1")
        {
            // It fails for the leader of a process group alone, and such a one no terminal's Ctrl+C reaches.
            _ = setsid();
            Environment.SetEnvironmentVariable(LeaveVariable, null);
        }
    }

    /// <summary>The user's number, on systems where users have one.</summary>
    public static uint UserNumber() => getuid();

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint getuid();

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int setsid();
}
