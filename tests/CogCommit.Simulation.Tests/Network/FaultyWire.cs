using System.Text.Json;
using CogCommit.CloudModel;
using CogCommit.Core;
using CogCommit.Core.Cloud;
using CogCommit.Simulation.Tests.Devices;

namespace CogCommit.Simulation.Tests.Network;

/// <summary>A device's way to the cloud, on which everything may happen that happens to requests.</summary>
internal sealed class FaultyWire(World world, SimulatedDevice device) : ICloud
{
    private readonly List<(int At, Fault Fault)> _faults = [];
    private readonly List<(int At, bool Before, Func<Task> Work)> _meanwhile = [];

    public Uri Url { get; } = new("https://cloud.example");

    public string UserId => "0a0a0a0a-0000-4000-8000-000000000001";

    public long BytesSent { get; private set; }

    public long BytesReceived { get; private set; }

    public int Requests { get; private set; }

    public bool IsSignedIn { get; set; } = true;

    /// <summary>What pages hold at most.</summary>
    public int PageBytes { get; set; } = int.MaxValue;

    /// <summary>Lets this happen to the request that is so many ahead.</summary>
    public void Arm(Fault fault, int ahead) => _faults.Add((Requests + ahead, fault));

    /// <summary>Lets others do this while a request is under way: before it arrives, or before its answer does.</summary>
    public void Meanwhile(int ahead, bool before, Func<Task> work) => _meanwhile.Add((Requests + ahead, before, work));

    public void Heal()
    {
        _faults.Clear();
        _meanwhile.Clear();
        IsSignedIn = true;
        PageBytes = int.MaxValue;
    }

    public Task<JsonElement> PushAsync(ReadOnlyMemory<byte> batchUtf8, CancellationToken cancellationToken)
    {
        BytesSent += batchUtf8.Length;
        return CallAsync(() => world.Cloud.Push(batchUtf8), batchUtf8.Length);
    }

    public Task<JsonElement> PullAsync(CloudCursor? cursor, int maxBytes, CancellationToken cancellationToken) =>
        CallAsync(() => world.Cloud.Pull(cursor, Math.Min(maxBytes, PageBytes)), bytes: null);

    public Task<JsonElement> DigestAsync(string? after, int maxRows, CancellationToken cancellationToken) =>
        CallAsync(() => world.Cloud.Digest(after, Math.Min(maxRows, 5)), bytes: null);

    public Task<JsonElement> WipeAsync(bool dryRun, CancellationToken cancellationToken) => CallAsync(() => world.Cloud.Wipe(dryRun), bytes: null);

    public Task<JsonElement> DeleteAccountAsync(CancellationToken cancellationToken) => throw new NotSupportedException("No history deletes its account.");

    // The bytes of a push; a pull has none worth counting.
    private async Task<JsonElement> CallAsync(Func<JsonElement> call, int? bytes)
    {
        var number = Requests++;
        world.Trace($"  device {device.Number} request {number}");
        device.Crash.Reach();
        await MeanwhileAsync(number, before: true);
        if (!IsSignedIn)
        {
            throw new CogCommitException("SignInEnded", "Sign in again.", ErrorKind.Unauthorized);
        }

        var answer = Deliver(TakeFault(number), call, bytes);
        await MeanwhileAsync(number, before: false);
        device.Crash.Reach();
        return answer;
    }

    private JsonElement Deliver(Fault? fault, Func<JsonElement> call, int? bytes)
    {
        if (fault is { } happens)
        {
            world.Faults++;
            world.Trace($"    {happens}");
        }

        switch (fault)
        {
            case Fault.TooLarge when bytes is { } size:
                throw new BatchTooLargeException(size);
            case Fault.RequestLost or Fault.TooLarge:
                throw new CloudUnreachableException(Url, "it never arrived.");
            case Fault.AnswerLost:
                Answer(call, bytes);
                throw new CloudUnreachableException(Url, "nobody answered.");
            case Fault.Twice:
                Answer(call, bytes);
                return Answer(call, bytes);
            case Fault.Late:
                world.Late.Add(() => Answer(call, bytes));
                throw new CloudUnreachableException(Url, "nobody answered in time.");
            case Fault.Torn:
                Answer(call, bytes);
                throw new CogCommitException("NoCloud", "The answer is no JSON.", ErrorKind.Unavailable);
            case Fault.SignInEnded:
                IsSignedIn = false;
                throw new CogCommitException("SignInEnded", "Sign in again.", ErrorKind.Unauthorized);
            default:
                return Answer(call, bytes);
        }
    }

    private static JsonElement Answer(Func<JsonElement> call, int? bytes)
    {
        try
        {
            return call();
        }
        catch (ModelRefusedException refused) when (refused.SqlState == "PT413")
        {
            throw new BatchTooLargeException(bytes ?? 0);
        }
        catch (ModelRefusedException refused)
        {
            throw new CloudRejectedException(refused.SqlState == "PT410" ? 410 : 400, refused.SqlState, refused.Message);
        }
    }

    private Fault? TakeFault(int number)
    {
        var index = _faults.FindIndex(fault => fault.At <= number);
        if (index < 0)
        {
            return null;
        }

        var fault = _faults[index].Fault;
        _faults.RemoveAt(index);
        return fault;
    }

    /// <summary>One thing at a time: what others do meanwhile is not disturbed by a third.</summary>
    private async Task MeanwhileAsync(int number, bool before)
    {
        var index = _meanwhile.FindIndex(work => work.At <= number && work.Before == before);
        if (index < 0 || world.IsNested)
        {
            return;
        }

        var work = _meanwhile[index].Work;
        _meanwhile.RemoveAt(index);
        world.IsNested = true;
        try
        {
            await work();
        }
        finally
        {
            world.IsNested = false;
        }
    }
}
