using System.Runtime.CompilerServices;
using CogCommit.Core.Daemon;
using CogCommit.PowerShell.Loading;

// Named and placed as the runtime looks for it: https://github.com/dotnet/runtime/blob/main/docs/design/features/host-startup-hook.md

/// <summary>
/// What .NET runs in a process before the program itself, where DOTNET_STARTUP_HOOKS names this assembly. Of the pwsh that is to be the daemon it makes
/// just that, so that it never loads PowerShell's engine, which it has no use for (decision 0019). Nothing in here may need a type of PowerShell's.
/// </summary>
internal static class StartupHook
{
    /// <summary>Never returns: the daemon's end is the process'.</summary>
    public static void Initialize()
    {
        var code = 1;
        try
        {
            CoreAssembly.ShowWithModel();
            code = RunDaemon();
        }
        catch (Exception broken)
        {
            // The module is not whole: to be told, and no reason to leave an image of the process behind, as the runtime would.
            Console.Error.WriteLine(broken);
        }

        Environment.Exit(code);
    }

    // Of its own, since the runtime looks for Core before it begins with a method that names it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int RunDaemon() => DaemonProgram.Run(typeof(StartupHook).Assembly.Location, Console.Error);
}
