using System.Threading.Channels;
using CogCommit.Core.Cloud.Realtime;

namespace CogCommit.Cloud.Tests.Realtime;

/// <summary>Listens, and gives what was heard in its order.</summary>
internal sealed class Ear : IAsyncDisposable
{
    private readonly Channel<Nudge> _heard = Channel.CreateUnbounded<Nudge>();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _listening;

    public Ear(ICloudNudges nudges)
    {
        Nudges = nudges;
        _listening = nudges.ListenAsync(nudge => _heard.Writer.TryWrite(nudge), _stop.Token);
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
