using System.Text;
using System.Text.Json;
using CogCommit.Core.Cloud;

namespace CogCommit.Bench.Machines;

/// <summary>The way to a cloud that keeps what is said: the batches of pushes and the pages of pulls, in a table of the cloud's own PostgreSQL.</summary>
internal sealed class KeptTalk(ICloud inner, BenchCloud at) : ICloud
{
    public Uri Url => inner.Url;

    public string UserId => inner.UserId;

    public long BytesSent => inner.BytesSent;

    public long BytesReceived => inner.BytesReceived;

    public int Requests => inner.Requests;

    /// <summary>Makes the tables.</summary>
    public static void Prepare(BenchCloud cloud) => cloud.Execute(
        """
        create schema if not exists bench;
        create table if not exists bench.batches (n serial primary key, body text not null);
        create table if not exists bench.pages (n serial primary key, body text not null);
        """);

    public Task<JsonElement> PushAsync(ReadOnlyMemory<byte> batchUtf8, CancellationToken cancellationToken)
    {
        at.Execute("insert into bench.batches (body) values ($1)", Encoding.UTF8.GetString(batchUtf8.Span));
        return inner.PushAsync(batchUtf8, cancellationToken);
    }

    public async Task<JsonElement> PullAsync(CloudCursor? cursor, int maxBytes, CancellationToken cancellationToken)
    {
        var page = await inner.PullAsync(cursor, maxBytes, cancellationToken);
        at.Execute("insert into bench.pages (body) values ($1)", page.GetRawText());
        return page;
    }

    public Task<JsonElement> DigestAsync(string? after, int maxRows, CancellationToken cancellationToken) => inner.DigestAsync(after, maxRows, cancellationToken);

    public Task<JsonElement> WipeAsync(bool dryRun, CancellationToken cancellationToken) => inner.WipeAsync(dryRun, cancellationToken);

    public Task<JsonElement> DeleteAccountAsync(CancellationToken cancellationToken) => inner.DeleteAccountAsync(cancellationToken);
}
