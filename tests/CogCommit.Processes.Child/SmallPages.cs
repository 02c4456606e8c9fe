using System.Text.Json;
using CogCommit.Core.Cloud;

namespace CogCommit.Processes.Child;

/// <summary>A cloud that is asked for small pages, so that a little data takes many.</summary>
internal sealed class SmallPages(ICloud cloud) : ICloud
{
    private const int PageBytes = 12_000;

    public Uri Url => cloud.Url;

    public string UserId => cloud.UserId;

    public long BytesSent => cloud.BytesSent;

    public long BytesReceived => cloud.BytesReceived;

    public int Requests => cloud.Requests;

    public Task<JsonElement> PushAsync(ReadOnlyMemory<byte> batchUtf8, CancellationToken cancellationToken) => cloud.PushAsync(batchUtf8, cancellationToken);

    public Task<JsonElement> PullAsync(CloudCursor? cursor, int maxBytes, CancellationToken cancellationToken) => cloud.PullAsync(cursor, PageBytes, cancellationToken);

    public Task<JsonElement> DigestAsync(string? after, int maxRows, CancellationToken cancellationToken) => cloud.DigestAsync(after, maxRows, cancellationToken);

    public Task<JsonElement> WipeAsync(bool dryRun, CancellationToken cancellationToken) => cloud.WipeAsync(dryRun, cancellationToken);

    public Task<JsonElement> DeleteAccountAsync(CancellationToken cancellationToken) => cloud.DeleteAccountAsync(cancellationToken);
}
