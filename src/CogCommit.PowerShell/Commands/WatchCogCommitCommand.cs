using System.Management.Automation;
using CogCommit.Core.Daemon;
using CogCommit.Core.Watch;

namespace CogCommit.PowerShell;

/// <summary>Watches, and says what happens.</summary>
[Cmdlet(VerbsCommon.Watch, "CogCommit")]
[OutputType(typeof(WatchEvent))]
public sealed class WatchCogCommitCommand : CogCommitCommand
{
    /// <summary>Writes to the log instead of the pipeline.</summary>
    [Parameter(HelpMessage = "Writes to the log instead of the pipeline: how the daemon is run.")]
    public SwitchParameter Daemon { get; set; }

    private protected override void Process() => Run(async (pump, cancel) =>
    {
        await new WatchPlace(Home, Clock).RunAsync(
            Daemon ? WatchMode.Daemon : WatchMode.Foreground,
            async (say, status, stop) =>
            {
                say(new WatchEvent { Kind = WatchEventKind.Started, Time = Clock.GetUtcNow(), Message = "Watching." });
                status(new WatchStatus { Connection = ConnectionState.Off });
                await Task.Delay(Timeout.Infinite, stop).ContinueWith(_ => { }, TaskScheduler.Default).ConfigureAwait(false);
                say(new WatchEvent { Kind = WatchEventKind.Stopped, Time = Clock.GetUtcNow(), Message = "Stopped." });
            },
            Daemon ? null : happened => pump.Post(() => WriteObject(happened)),
            cancel).ConfigureAwait(false);
        return true;
    });
}
