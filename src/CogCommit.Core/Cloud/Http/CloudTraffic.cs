namespace CogCommit.Core.Cloud.Http;

/// <summary>Counts what went over the wire.</summary>
internal sealed class CloudTraffic
{
    private long _sent;
    private long _received;
    private int _requests;

    public long BytesSent => Interlocked.Read(ref _sent);

    public long BytesReceived => Interlocked.Read(ref _received);

    public int Requests => Volatile.Read(ref _requests);

    public void Sending(int bytes)
    {
        Interlocked.Increment(ref _requests);
        Interlocked.Add(ref _sent, bytes);
    }

    public void Received(int bytes) => Interlocked.Add(ref _received, bytes);
}
