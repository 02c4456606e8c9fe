using System.Threading.Channels;
using CogCommit.Core.Cloud.Realtime;

namespace CogCommit.Cloud.Tests.Realtime;

/// <summary>Listens, and gives what was heard in its order.</summary>
internal sealed class Ear : IAsyncDisposable
{
    private readonly Channel<Nudge> _heard = Channel.CreateUnbounded<Nudge>();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _listening;

    /// <param name="nudges">What is listened to.</param>
    /// <param name="free">While it is not set, whoever tells something is kept busy with it; or null.</param>
    public Ear(ICloudNudges nudges, ManualResetEventSlim? free = null)
    {
        Nudges = nudges;
        _listening = nudges.ListenAsync(
            nudge =>
            {
                _heard.Writer.TryWrite(nudge);
                free?.Wait(_stop.Token);
            },
            _stop.Token);
    }

    public ICloudNudges Nudges { get; }

    public async Task<Nudge> NextAsync()
    {
        var next = _heard.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask();
        await Task.WhenAny(next, _listening);
        return next.IsCompleted ? await next : throw new InvalidOperationException("It listens no more.", _listening.Exception);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _listening);
        _stop.Dispose();
    }
}
