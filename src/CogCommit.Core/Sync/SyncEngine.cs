using CogCommit.Core.Cloud;
using CogCommit.Core.Store;

namespace CogCommit.Core.Sync;

/// <summary>Push, pull, and both, between one store and the cloud of its user.</summary>
public sealed class SyncEngine
{
    private readonly StoreFile _store;
    private readonly ICloud _cloud;
    private readonly BatchLimits _limits;
    private readonly Action<StoreFile>? _afterPull;

    /// <summary>Hears what is sent, received and decided.</summary>
    public IReport? Report { get; init; }

    /// <summary>Sends pictures after each push; null: nobody does.</summary>
    public VisualSync? Visuals { get; init; }

    /// <param name="store">This side.</param>
    /// <param name="cloud">The other side.</param>
    /// <param name="afterPull">Runs when a pull brought something: what this machine captured may have to be cut anew by it.</param>
    public SyncEngine(StoreFile store, ICloud cloud, Action<StoreFile>? afterPull = null)
        : this(store, cloud, BatchLimits.Default, afterPull)
    {
    }

    internal SyncEngine(StoreFile store, ICloud cloud, BatchLimits limits, Action<StoreFile>? afterPull = null)
    {
        _store = store;
        _cloud = cloud;
        _limits = limits;
        _afterPull = afterPull;
    }

    /// <summary>Sends what waits here.</summary>
    public Task<SyncResult> PushAsync(PushOptions options, IProgress<SyncProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return RunAsync(options.Force, async tally =>
        {
            var push = NewPush(tally);
            await push.RunAsync(options, progress, cancellationToken).ConfigureAwait(false);
            if (options.PullsWhenBehind && push.Outcome.Behind)
            {
                await PullAsync(tally, new PullOptions(), progress, cancellationToken).ConfigureAwait(false);
            }

            if (options.Force || options.Retry)
            {
                _store.Write(transaction =>
                {
                    VisualQueue.TryAgain(transaction);
                    OverLimitCommits.Settle(transaction);
                });
            }

            await SendVisualsAsync(tally, progress, cancellationToken).ConfigureAwait(false);
        }, cancellationToken, options is { Force: true, CommitIds: [], Projects: [] });
    }

    /// <summary>Brings what is new in the cloud.</summary>
    public Task<SyncResult> PullAsync(PullOptions options, IProgress<SyncProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return RunAsync(force: false, tally => PullAsync(tally, options, progress, cancellationToken), cancellationToken);
    }

    /// <summary>Brings what is new, sends what waits, and, if another device was faster in between, brings that too.</summary>
    public Task<SyncResult> SyncAsync(SyncOptions options, IProgress<SyncProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return RunAsync(force: false, async tally =>
        {
            // Pull first: what lost is then seen before it is overwritten, and a push that follows a pull is not echoed.
            await PullAsync(tally, new PullOptions(), progress, cancellationToken).ConfigureAwait(false);
            var push = NewPush(tally);
            await push.RunAsync(new PushOptions(), progress, cancellationToken).ConfigureAwait(false);
            if (push.Outcome.Behind)
            {
                await PullAsync(tally, new PullOptions(), progress, cancellationToken).ConfigureAwait(false);
            }

            await SendVisualsAsync(tally, progress, cancellationToken).ConfigureAwait(false);
            if (options.Verify)
            {
                tally.Repaired += await new Verify(_store, _cloud, Report).RepairAsync(NewPush(tally), NewPull(tally), progress, cancellationToken)
                    .ConfigureAwait(false);
            }
        }, cancellationToken);
    }

    /// <summary>What a wipe would take away.</summary>
    public Task<CloudWipe> WeighAsync(CancellationToken cancellationToken = default) => WeighAsync(_cloud, cancellationToken);

    /// <summary>As the other, where there need be no store.</summary>
    public static async Task<CloudWipe> WeighAsync(ICloud cloud, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        return WipedCloud.Read(await cloud.WipeAsync(dryRun: true, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Takes away all that the user has in the cloud. This store stays as it is and is not uploaded again by itself.</summary>
    public async Task<CloudWipe> WipeAsync(CancellationToken cancellationToken = default)
    {
        var wiped = WipedCloud.Read(await _cloud.WipeAsync(dryRun: false, cancellationToken).ConfigureAwait(false));
        _store.Write(transaction =>
        {
            // A store that belongs to another cloud is none of this one's business.
            if (wiped.WipedAt is { } at && SyncOwner.Owns(SyncState.Read(transaction.Connection), _cloud.Url, _cloud.UserId))
            {
                transaction.Execute("update sync_state set wiped_at = $at, quota = null", ("$at", at));
            }
        });
        if (Visuals is { } visuals)
        {
            // Last: without their rows no other machine adds one, and repeating the wipe goes on where this stopped.
            await visuals.Storage.RemoveLooseAsync(cancellationToken).ConfigureAwait(false);
        }

        return wiped;
    }

    private async Task SendVisualsAsync(Tally tally, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        if (Visuals is { } visuals)
        {
            var before = visuals.Sent;
            try
            {
                tally.VisualsWaiting = (await visuals.UploadAsync(progress, cancellationToken).ConfigureAwait(false)).Waiting;
            }
            finally
            {
                tally.VisualsSent += visuals.Sent - before;
            }
        }
    }

    private async Task PullAsync(Tally tally, PullOptions options, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        var pull = NewPull(tally);
        await pull.RunAsync(options, progress, cancellationToken).ConfigureAwait(false);
        if (pull.Outcome.Pulled.Count > 0)
        {
            _afterPull?.Invoke(_store);
        }
    }

    private Push NewPush(Tally tally) => new(_store, _cloud, _limits, tally.Push(), Report);

    private Pull NewPull(Tally tally) => new(_store, _cloud, tally.Pull(), Report);

    /// <summary>Around each of them: whose store it is, what it cost, and being offline, which is a state and no error.</summary>
    private async Task<SyncResult> RunAsync(bool force, Func<Tally, Task> work, CancellationToken cancellationToken, bool uploadAgain = false)
    {
        SyncOwner.Claim(_store, _cloud.Url, _cloud.UserId, force);
        WipedCloud.Check(_store, uploadAgain);
        var tally = new Tally(_cloud, Visuals?.Storage);
        var started = _store.Clock.GetTimestamp();
        try
        {
            _store.Write(transaction => Conflict.Expire(transaction, _store.Clock.GetUtcNow()));
            await LearningAsync(() => work(tally), cancellationToken).ConfigureAwait(false);
            return tally.Result(_store.Clock.GetElapsedTime(started), offline: false);
        }
        catch (CloudUnreachableException unreachable)
        {
            _store.Write(transaction => SyncState.SetError(transaction, unreachable.Message, _store.Clock.GetUtcNow()));
            return tally.Result(_store.Clock.GetElapsedTime(started), offline: true);
        }
        catch (CogCommitException fault)
        {
            _store.Write(transaction => SyncState.SetError(transaction, fault.Message, _store.Clock.GetUtcNow()));
            throw;
        }
    }

    /// <summary>A push that the cloud refuses because it was wiped is how a device may learn of it.</summary>
    private async Task LearningAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (CloudRejectedException refused) when (refused.Code == WipedCloud.Code)
        {
            throw await WipedCloud.LearnAsync(_store, _cloud, cancellationToken).ConfigureAwait(false);
        }
    }
}
