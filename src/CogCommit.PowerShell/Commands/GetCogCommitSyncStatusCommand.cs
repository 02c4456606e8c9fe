using System.Management.Automation;
using CogCommit.Core.Cloud;
using CogCommit.Core.Config;
using CogCommit.Core.Sync;

namespace CogCommit.PowerShell;

/// <summary>Says how the store stands to the cloud, from what is known here: it asks nobody.</summary>
[Cmdlet(VerbsCommon.Get, "CogCommitSyncStatus")]
[OutputType(typeof(SyncStatus))]
public sealed class GetCogCommitSyncStatusCommand : DaemonCommand
{
    /// <summary>Goes on, and returns another status whenever something changed.</summary>
    [Parameter(HelpMessage = "Goes on until it is stopped (Ctrl+C), and returns another status whenever something changed.")]
    public SwitchParameter Watch { get; set; }

    /// <summary>With -Watch, how often to look, in seconds.</summary>
    [Parameter(HelpMessage = "With -Watch, how many seconds lie between two looks. Default: 2.")]
    [ValidateRange(1, 3600)]
    public int Interval { get; set; } = 2;

    private protected override void Process()
    {
        var first = Look(Status.IsRegistered);
        WriteObject(first);
        if (Watch)
        {
            Run((pump, cancel) => WatchAsync(first, changed => pump.Post(() => WriteObject(changed)), cancel));
        }
    }

    private async Task<bool> WatchAsync(SyncStatus before, Action<SyncStatus> changed, CancellationToken cancel)
    {
        // Whether it is registered the system would have to be asked each time.
        var registered = before.Daemon!.IsRegistered;
        while (!cancel.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(Interval), Clock, cancel).ConfigureAwait(false);
            var now = Look(registered);
            if (SyncStatusChange.Between(before, now))
            {
                before = now;
                changed(now);
            }
        }

        return true;
    }

    private SyncStatus Look(bool registered)
    {
        using var account = new CloudAccount(Home, Settings.Load(Home));
        var daemon = Core.Daemon.DaemonStatusReader.Read(Home, registered);
        return ExistingStore is { } store ? SyncStatusReader.Read(store, account.Current, daemon) : SyncStatusReader.WithoutStore(account.Current, daemon);
    }
}
