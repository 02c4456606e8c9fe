using System.Text;
using System.Text.Json;
using CogCommit.Cloud.Tests.Sql;
using CogCommit.Core.Cloud;
using Npgsql;

namespace CogCommit.Cloud.Tests.Sync;

/// <summary>
/// The cloud's functions called straight, as the user of a token: everything but HTTP. A test may look at what is sent, lose what comes
/// back, or stop a device in the middle.
/// </summary>
internal sealed class DatabaseCloud(CloudUserSession user, Uri? url = null) : ICloud
{
    public Uri Url { get; } = url ?? new Uri("https://cloud.example");

    public string UserId { get; } = user.Id.ToString();

    public long BytesSent { get; private set; }

    public long BytesReceived { get; private set; }

    public int Requests { get; private set; }

    /// <summary>Every batch that was sent, its answer lost or not.</summary>
    public List<JsonElement> Batches { get; } = [];

    public List<long> BatchBytes { get; } = [];

    /// <summary>Runs before a batch is sent; may throw.</summary>
    public Func<JsonElement, Task>? BeforePush { get; set; }

    /// <summary>Runs when the cloud has taken a batch, before the device learns of it; may throw.</summary>
    public Func<JsonElement, Task>? AfterPush { get; set; }

    /// <summary>Changes what the device gets to see.</summary>
    public Func<string, string>? Answer { get; set; }

    public async Task<JsonElement> PushAsync(ReadOnlyMemory<byte> batchUtf8, CancellationToken cancellationToken)
    {
        var text = Encoding.UTF8.GetString(batchUtf8.Span);
        var batch = Parse(text);
        Batches.Add(batch);
        BatchBytes.Add(batchUtf8.Length);
        BytesSent += batchUtf8.Length;
        await (BeforePush?.Invoke(batch) ?? Task.CompletedTask);
        var answer = await CallAsync("select public.cogcommit_push($1::jsonb)::text", batchUtf8.Length, text);
        await (AfterPush?.Invoke(answer) ?? Task.CompletedTask);
        return answer;
    }

    public Task<JsonElement> PullAsync(CloudCursor? cursor, int maxBytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return cursor is null
            ? CallAsync("select public.cogcommit_pull(null, $1)::jsonb::text", 0, Math.Min(maxBytes, PageBytes))
            : CallAsync(
                "select public.cogcommit_pull(jsonb_build_object('seq', $1, 'push_id', $2), $3)::jsonb::text", 0, cursor.Seq, cursor.PushId, Math.Min(maxBytes, PageBytes));
    }

    /// <summary>Makes pages smaller, so that there are several.</summary>
    public int PageBytes { get; set; } = int.MaxValue;

    public Task<JsonElement> DigestAsync(string? after, int maxRows, CancellationToken cancellationToken) =>
        CallAsync("select public.cogcommit_digest(nullif($1, ''), $2)::text", 0, after ?? "", Math.Min(maxRows, DigestRows));

    public int DigestRows { get; set; } = 3;

    public Task<JsonElement> WipeAsync(bool dryRun, CancellationToken cancellationToken) => CallAsync("select public.cogcommit_wipe($1)::text", 0, dryRun);

    public Task<JsonElement> DeleteAccountAsync(CancellationToken cancellationToken) => CallAsync("select public.cogcommit_delete_account()::text", 0);

    private async Task<JsonElement> CallAsync(string sql, int bytes, params object[] parameters)
    {
        Requests++;
        try
        {
            var text = (await user.ScalarAsync(sql, parameters))!;
            BytesReceived += Encoding.UTF8.GetByteCount(text);
            return Parse(Answer?.Invoke(text) ?? text);
        }
        catch (PostgresException refused) when (refused.SqlState == "PT413")
        {
            throw new BatchTooLargeException(bytes);
        }
        catch (PostgresException refused)
        {
            throw new CloudRejectedException(400, refused.SqlState, refused.MessageText);
        }
    }

    private static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 1_000 });
        return document.RootElement.Clone();
    }
}
