using CogCommit.Core.Store;

namespace CogCommit.Core.Daemon;

/// <summary>Where the files lie by which watchers, and those who ask for them, know of each other.</summary>
public sealed class DaemonPaths(CogCommitHome home)
{
    /// <summary>Held open, and shared with nobody, by whoever watches. It is never deleted.</summary>
    public string Lock => Path.Combine(home.Root, "daemon.lock");

    /// <summary>Says who holds the lock. Without somebody who does it says nothing.</summary>
    public string State => Path.Combine(home.Root, "daemon.json");

    /// <summary>Asks the watcher that it names to stop.</summary>
    public string Stop => Path.Combine(home.Root, "daemon.stop");

    public string Log => Path.Combine(home.Root, "logs", "daemon.log");

    /// <summary>What a daemon says before it has a log: why PowerShell or the module did not come up.</summary>
    public string StartLog => Path.Combine(home.Root, "logs", "daemon-start.log");

    /// <summary>Holds the copies of the module that daemons run from, a folder each.</summary>
    public string Copies => Path.Combine(home.Root, "daemon");

    /// <summary>What the system runs at logon.</summary>
    public string Launcher => Path.Combine(Copies, OperatingSystem.IsWindows() ? "start.ps1" : "start.sh");
}
