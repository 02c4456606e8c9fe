using System.Text.Json;
using CogCommit.CloudModel;
using CogCommit.Core.Cloud;
using CogCommit.Core.Cloud.Realtime;

namespace CogCommit.Core.Tests.Watch;

/// <summary>A cloud in memory, shared by devices; it can be away, or refuse.</summary>
internal sealed class ModelWire(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private int _pushes;
    private int _pulls;

    public ModelCloud Cloud { get; } = new(clock);

    public HandNudges Nudges { get; } = new();

    /// <summary>What each request meets; null: the cloud.</summary>
    public CogCommitException? Trouble { get; set; }

    public int Pushes => Volatile.Read(ref _pushes);

    public int Pulls => Volatile.Read(ref _pulls);

    public int Requests => Pushes + Pulls;

    /// <summary>Holds up each request until it is completed.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public CogCommitException Away { get; } = new CloudUnreachableException(new Uri("https://cloud.example"), "no connection could be made.");

    public ICloud ForUser(string userId) => new Way(this, userId);

    private async Task<JsonElement> AskAsync(Func<JsonElement> ask, CancellationToken cancellation)
    {
        await Gate.WaitAsync(cancellation);
        if (Trouble is { } trouble)
        {
            throw trouble;
        }

        lock (_gate)
        {
            try
            {
                return ask();
            }
            catch (ModelRefusedException refused)
            {
                throw new CloudRejectedException(refused.SqlState == "PT410" ? 410 : 400, refused.SqlState, refused.Message);
            }
        }
    }

    private sealed class Way(ModelWire wire, string userId) : ICloud
    {
        public Uri Url { get; } = new("https://cloud.example");

        public string UserId => userId;

        public long BytesSent => 0;

        public long BytesReceived => 0;

        public int Requests => wire.Requests;

        public async Task<JsonElement> PushAsync(ReadOnlyMemory<byte> batchUtf8, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref wire._pushes);
            var answer = await wire.AskAsync(() => wire.Cloud.Push(batchUtf8), cancellationToken);
            if (answer.GetProperty("seq").GetInt64() is var seq && answer.GetProperty("before").GetInt64() != seq)
            {
                wire.Nudges.Tell(new Nudge(NudgeKind.Pushed) { Seq = seq, PushId = answer.GetProperty("push_id").GetString() });
            }

            return answer;
        }

        public Task<JsonElement> PullAsync(CloudCursor? cursor, int maxBytes, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref wire._pulls);
            return wire.AskAsync(() => wire.Cloud.Pull(cursor, maxBytes), cancellationToken);
        }

        public Task<JsonElement> DigestAsync(string? after, int maxRows, CancellationToken cancellationToken) =>
            wire.AskAsync(() => wire.Cloud.Digest(after, maxRows), cancellationToken);

        public Task<JsonElement> WipeAsync(bool dryRun, CancellationToken cancellationToken) => wire.AskAsync(() => wire.Cloud.Wipe(dryRun), cancellationToken);

        public Task<JsonElement> DeleteAccountAsync(CancellationToken cancellationToken) => throw new NotSupportedException("No test deletes its account.");
    }
}
