using CogCommit.Core.Daemon;

namespace CogCommit.Core.Health.Checks;

/// <summary>Whether something captures and syncs by itself, and whether it is this module's version that does.</summary>
internal sealed class DaemonCheck : IHealthCheck
{
    public string Name => "Daemon";

    public string Description => "Whether a daemon runs, whether it starts at logon, and whether it is of this version.";

    public Task<HealthFinding> LookAsync(HealthSubject subject, CancellationToken cancellation)
    {
        var registered = subject.Environment.StartsAtLogon();
        return Task.FromResult(Find(DaemonStatusReader.Read(subject.Environment.Home, registered), ModuleVersion.Current, subject.Now));
    }

    internal static HealthFinding Find(DaemonStatus daemon, string version, DateTimeOffset now)
    {
        var logon = daemon.IsRegistered ? "It starts at logon." : "It does not start at logon: Register-CogCommitDaemon has it start.";
        if (!daemon.IsRunning)
        {
            return daemon.IsRegistered
                ? HealthFinding.Warning("It starts at logon, but none runs now.", "Start-CogCommitDaemon, and Get-CogCommitDaemon -Log for why it ended")
                : HealthFinding.Skipped("None runs, so nothing is captured or synced by itself.", "Start-CogCommitDaemon, or Register-CogCommitDaemon to have it at each logon");
        }

        if (daemon.ProcessId is null)
        {
            return HealthFinding.Warning("Something holds its lock and does not say who it is.", "Get-CogCommitDaemon in a moment; one that is just starting says so then");
        }

        var who = daemon.Mode == nameof(WatchMode.Daemon) ? $"Process {daemon.ProcessId}" : $"A Watch-CogCommit in process {daemon.ProcessId}";
        if (daemon.Version != version)
        {
            return HealthFinding.Warning(
                $"{who} runs version {daemon.Version}, and this module is {version}.",
                daemon.Mode == nameof(WatchMode.Daemon) ? "Stop-CogCommitDaemon, then Start-CogCommitDaemon" : "Stop it there, and start it in a session with this module");
        }

        return daemon.FailingSince is { } since
            ? HealthFinding.Warning($"{who} runs, but reaches no cloud since {Said.Span(now - since)}: {daemon.Reason}", "What that says; it tries again by itself")
            : HealthFinding.Ok($"{who} runs, version {daemon.Version}. {logon}");
    }
}
