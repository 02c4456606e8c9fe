using System.Runtime.ExceptionServices;
using CogCommit.Core.Cloud;
using CogCommit.Core.Cloud.Realtime;
using CogCommit.Core.Sync;

namespace CogCommit.Core.Watch;

/// <summary>One user's cloud, as long as they are signed in.</summary>
internal sealed class CloudConnection(CloudUser user, IWatchedAccount account, SyncEngine engine, ICloudNudges? nudges) : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private Task _listening = Task.CompletedTask;
    private bool _disposed;

    public SyncEngine Engine => engine;

    public ICloudNudges? Nudges => nudges;

    public CloudUser User => user;

    /// <summary>Ends what is under way for it.</summary>
    public CancellationToken End => _end.Token;

    public bool IsOf(CloudUser other) => other.UserId == user.UserId && other.Url == user.Url;

    /// <param name="heard">Hears each nudge; on any thread.</param>
    /// <param name="ended">Hears that the user has to sign in again; on any thread.</param>
    /// <param name="broke">Hears of a mistake of ours; on any thread.</param>
    public void Listen(Action<Nudge> heard, Action<CogCommitException> ended, Action<ExceptionDispatchInfo> broke)
    {
        if (nudges is not null)
        {
            _listening = Task.Run(() => ListenAsync(nudges, heard, ended, broke));
        }
    }

    /// <summary>Ends it, and waits until nothing of it is left.</summary>
    public async Task EndAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _listening.ConfigureAwait(false);
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _end.Cancel();
            account.Dispose();
        }
    }

    private async Task ListenAsync(ICloudNudges from, Action<Nudge> heard, Action<CogCommitException> ended, Action<ExceptionDispatchInfo> broke)
    {
        try
        {
            await from.ListenAsync(heard, _end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // Nobody listens any more.
        }
        catch (CogCommitException fault)
        {
            ended(fault);
        }
        catch (Exception mistake)
        {
            // Nobody waits for this task until the end.
            broke(ExceptionDispatchInfo.Capture(mistake));
        }
    }
}
