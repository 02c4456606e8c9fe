using System.Management.Automation;
using CogCommit.Core.Daemon;

namespace CogCommit.PowerShell;

/// <summary>Has the system start the daemon at logon, and now.</summary>
[Cmdlet(VerbsLifecycle.Register, "CogCommitDaemon", SupportsShouldProcess = true)]
[OutputType(typeof(DaemonStatus))]
public sealed class RegisterCogCommitDaemonCommand : DaemonCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private protected override void Process()
    {
        var logon = Logon(FindPowerShell());
        if (!ShouldProcess(logon.Preview, $"Have {logon.Plan.System} start the daemon at logon, by these?\n{logon.Preview}", "Register-CogCommitDaemon"))
        {
            return;
        }

        // The system can look after the one that it started alone.
        if (DaemonStatusReader.Read(Home) is { IsRunning: true, Mode: nameof(WatchMode.Daemon) } running)
        {
            WriteVerbose($"Process {running.ProcessId} is stopped, for {logon.Plan.System} starts its own.");
            Run<DaemonStopped?>("Stopping the daemon", (_, cancel) => new DaemonStop(Home).RunAsync(Patience, cancel));
        }

        logon.Register();
        WriteVerbose(logon.Plan.Hint ?? $"{logon.Plan.System} starts the daemon at logon.");
        WriteObject(Run("Starting the daemon", (_, cancel) => WatchedAsync(cancel)));
    }

    // The system started it just now: whether it came up is what one wants to see.
    private async Task<DaemonStatus> WatchedAsync(CancellationToken cancel)
    {
        var started = Clock.GetTimestamp();
        while (true)
        {
            var status = DaemonStatusReader.Read(Home, isRegistered: true);
            if (status is { IsRunning: true, ProcessId: not null } || Clock.GetElapsedTime(started) > Patience)
            {
                return status;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), Clock, cancel).ConfigureAwait(false);
        }
    }
}
