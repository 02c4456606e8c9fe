using CogCommit.Core.Store;
using CogCommit.Core.Watch;

namespace CogCommit.Core.Daemon;

/// <summary>The daemon, from a process' first moment to its last: what <c>Watch-CogCommit -Daemon</c> does, without a PowerShell.</summary>
public static class DaemonProgram
{
    /// <summary>Watches until somebody asks it to stop.</summary>
    /// <param name="error">Told why it did not come up, or ended.</param>
    /// <returns>The exit code: 0 where it was asked to stop, or somebody watches already, which is what was wanted; 1 after an error.</returns>
    public static int Run(TextWriter error)
    {
        if (Environment.GetEnvironmentVariable(StartupHooks.Variable) is { Length: > 0 } hooks)
        {
            // What this process starts is no daemon.
            Environment.SetEnvironmentVariable(StartupHooks.Variable, StartupHooks.WithoutLast(hooks));
        }

        return Run(CogCommitHome.FromEnvironment(), error);
    }

    internal static int Run(CogCommitHome home, TextWriter error)
    {
        try
        {
            new WatchPlace(home, TimeProvider.System)
                .RunAsync(WatchMode.Daemon, ContinuousSync.OfItsProcess(home).RunAsync, null, CancellationToken.None).GetAwaiter().GetResult();
            return 0;
        }
        catch (CogCommitException watched) when (watched.ErrorId == WatchPlace.AlreadyWatchingId)
        {
            error.WriteLine(watched.Message);
            return 0;
        }
        catch (CogCommitException refused)
        {
            error.WriteLine($"{refused.ErrorId}: {refused.Message}");
            return 1;
        }
        catch (Exception fault)
        {
            // One of ours. It is told whole, but does not leave an image of the process behind, as the runtime would.
            error.WriteLine(fault);
            return 1;
        }
    }
}
