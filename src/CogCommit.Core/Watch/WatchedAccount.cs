using CogCommit.Core.Capture;
using CogCommit.Core.Cloud;
using CogCommit.Core.Cloud.Realtime;
using CogCommit.Core.Config;
using CogCommit.Core.Store;
using CogCommit.Core.Sync;

namespace CogCommit.Core.Watch;

/// <summary>The account of an installation.</summary>
/// <param name="home">Whose sign-in and pictures.</param>
/// <param name="settings">As they are now.</param>
/// <param name="listen">Hears of pushes; null: nobody tells.</param>
/// <param name="clock">When.</param>
/// <param name="report">Hears what is done.</param>
/// <param name="handler">Carries the requests; null: the network. It is not disposed.</param>
internal sealed class WatchedAccount(
    CogCommitHome home, Settings settings, Func<CloudAccount, ICloudNudges>? listen, TimeProvider clock, IReport? report, HttpMessageHandler? handler = null) : IWatchedAccount
{
    private readonly CloudAccount _account = new(home, settings, handler, clock, report);

    public CloudUser? Current => _account.Current;

    public SyncEngine NewEngine(StoreFile store) => new(store, _account.ConnectToWatch(), Boundary.TakeOver)
    {
        Report = report,
        Visuals = new VisualSync(store, home, _account.ConnectStorage()) { Cache = new VisualCache(home, settings.VisualCache, clock), Report = report },
    };

    public ICloudNudges? Listen() => listen?.Invoke(_account);

    public void Dispose() => _account.Dispose();
}
