using CogCommit.Core.Capture;
using CogCommit.Core.Cloud;
using CogCommit.Core.Config;
using CogCommit.Core.Store;
using CogCommit.Core.Sync;
using CogCommit.PowerShell.Pipeline;

namespace CogCommit.PowerShell;

/// <summary>What the cmdlets share that speak to the cloud.</summary>
public abstract class CloudCommand : CommitIdCommand
{
    /// <summary>Uses the account of this installation, as long as the work lasts.</summary>
    private protected T WithAccount<T>(Func<CloudAccount, Pump, CancellationToken, Task<T>> work) => Run(async (pump, cancel) =>
    {
        using var account = new CloudAccount(Home, Settings.Load(Home), report: NewReport(pump));
        return await work(account, pump, cancel).ConfigureAwait(false);
    });

    /// <summary>Syncs as the user who is signed in, with a progress bar, and says what the numbers alone do not.</summary>
    private protected void WriteSync(Func<SyncEngine, IProgress<SyncProgress>, CancellationToken, Task<SyncResult>> work)
    {
        var store = Store;
        var result = Run<SyncResult, SyncProgress>(
            async (progress, pump, cancel) =>
            {
                var report = NewReport(pump);
                var settings = Settings.Load(Home);
                settings.RequireCloud();
                using var account = new CloudAccount(Home, settings, report: report);
                var engine = new SyncEngine(store, account.Connect(), Boundary.TakeOver)
                {
                    Report = report,
                    Visuals = new VisualSync(store, Home, account.ConnectStorage()) { Report = report },
                };
                return await work(engine, progress, cancel).ConfigureAwait(false);
            },
            progress => ProgressStep.Counted(progress.Activity, progress.Done, progress.Total, progress.Unit));
        if (result.Offline)
        {
            // The reason matters: an unplugged cable needs patience, a certificate that nobody trusts a second look.
            WriteWarning($"{SyncStatusReader.Read(Store, null).LastError ?? "The cloud cannot be reached."} What waits here goes with the next Sync-CogCommit.");
        }
        if (result.Failed > 0)
        {
            WriteWarning($"The cloud refused something of {result.Failed} commits: Get-CogCommit -Force -SyncStatus error, too_large shows them. Push-CogCommit -Retry tries again.");
        }
        if (result.OverLimit > 0)
        {
            WriteWarning($"{result.OverLimit} commits wait here because the quota is reached: Get-CogCommitSyncStatus shows it. They go when there is room.");
        }
        if (result.VisualsWaiting > 0)
        {
            WriteWarning($"{result.VisualsWaiting} pictures wait here because the cloud has no room for them, or did not take them now. They are tried again in a while; Push-CogCommit -Retry does it at once.");
        }
        if (result.Conflicts > 0)
        {
            WriteWarning($"{result.Conflicts} edits met edits of other machines: Get-CogCommitConflict shows both sides, Resolve-CogCommitConflict keeps one.");
        }
        WriteObject(result);
    }

    /// <summary>Who is signed in, on this machine.</summary>
    private protected Identity IdentityOf(CloudUser? user)
    {
        var machine = MachineIdentity.Of(Store);
        return new Identity
        {
            SignedIn = user is not null,
            UserId = user?.UserId,
            UserName = user?.UserName,
            Url = user?.Url,
            ExpiresAt = user?.ExpiresAt,
            MachineId = machine.MachineId,
            MachineName = machine.Name,
        };
    }
}
