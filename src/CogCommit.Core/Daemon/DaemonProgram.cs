using CogCommit.Core.Store;
using CogCommit.Core.Watch;

namespace CogCommit.Core.Daemon;

/// <summary>The daemon, from a process' first moment to its last.</summary>
public static class DaemonProgram
{
    /// <summary>What a process does that .NET makes the daemon before its own program begins.</summary>
    /// <param name="hook">The assembly by which it does: what this process starts is no daemon.</param>
    /// <param name="error">Told why it did not come up, or ended.</param>
    /// <returns>The exit code: 0 where it was asked to stop, or somebody watches already, which is what was wanted; 1 after an error.</returns>
    public static int Run(string hook, TextWriter error)
    {
        Environment.SetEnvironmentVariable(StartupHooks.Variable, StartupHooks.Without(Environment.GetEnvironmentVariable(StartupHooks.Variable), hook));
        return Run(CogCommitHome.FromEnvironment(), error);
    }

    /// <summary>Watches until somebody asks it to stop, or the token is cancelled.</summary>
    /// <param name="home">The home.</param>
    /// <param name="report">Hears what is done; or null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CogCommitException">AlreadyWatching, WatchLockRefused, or what keeps it from watching.</exception>
    public static Task WatchAsync(CogCommitHome home, IReport? report, CancellationToken cancellationToken) =>
        new WatchPlace(home, TimeProvider.System).RunAsync(WatchMode.Daemon, ContinuousSync.OfItsProcess(home, report).RunAsync, null, cancellationToken);

    internal static int Run(CogCommitHome home, TextWriter error)
    {
        try
        {
            WatchAsync(home, null, CancellationToken.None).GetAwaiter().GetResult();
            return 0;
        }
        catch (CogCommitException watched) when (watched.ErrorId == WatchPlace.AlreadyWatchingId)
        {
            Say(error, watched.Message);
            return 0;
        }
        catch (CogCommitException refused)
        {
            Say(error, $"{refused.ErrorId}: {refused.Message}");
            return 1;
        }
        catch (Exception fault)
        {
            // One of ours. It is told whole, but does not leave an image of the process behind, as the runtime would.
            Say(error, fault.ToString());
            return 1;
        }
    }

    // Where the disk is full nobody can be told; the exit code counts all the same.
    private static void Say(TextWriter error, string text)
    {
        try
        {
            error.WriteLine(text);
        }
        catch (IOException)
        {
        }
    }
}
