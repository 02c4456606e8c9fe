using CogCommit.Core.Daemon;
using CogCommit.Core.Store;
using CogCommit.Core.Watch;

namespace CogCommit.Core.Tests.Daemon;

/// <summary>A watcher that does nothing, and holds its place while it does.</summary>
internal sealed class Watching : IAsyncDisposable
{
    private readonly CancellationTokenSource _end;
    private readonly Action<WatchStatus> _status;

    private Watching(CancellationTokenSource end, Action<WatchStatus> status, Task ended)
    {
        _end = end;
        _status = status;
        Ended = ended;
    }

    public Task Ended { get; }

    public static async Task<Watching> StartAsync(CogCommitHome home, WatchMode mode, TimeProvider clock, CancellationToken cancel)
    {
        var end = new CancellationTokenSource();
        var works = new TaskCompletionSource<Action<WatchStatus>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new WatchPlace(home, clock).RunAsync(
            mode,
            async (_, status, stop) =>
            {
                works.SetResult(status);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, end.Token);
                await Task.Delay(Timeout.Infinite, either.Token).ContinueWith(_ => { }, TaskScheduler.Default);
                stop.ThrowIfCancellationRequested();
            },
            null,
            cancel);
        await Task.WhenAny(works.Task, ended);
        if (ended.IsCompleted)
        {
            await ended;
        }

        return new Watching(end, await works.Task, ended);
    }

    public void Say(WatchStatus status) => _status(status);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Ended.ContinueWith(_ => { }, TaskScheduler.Default);
        _end.Dispose();
    }
}
