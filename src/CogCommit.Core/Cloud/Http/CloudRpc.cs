using System.Text.Json;

namespace CogCommit.Core.Cloud.Http;

/// <summary>The sync functions, called through PostgREST as the user who is signed in.</summary>
internal sealed class CloudRpc(SignedInHttp http) : ICloud
{
    public Uri Url => http.Url;

    public string UserId => http.UserId;

    public long BytesSent => http.Traffic.BytesSent;

    public long BytesReceived => http.Traffic.BytesReceived;

    public int Requests => http.Traffic.Requests;

    public Task<JsonElement> PushAsync(ReadOnlyMemory<byte> batchUtf8, CancellationToken cancellationToken)
    {
        // Wrapped as bytes: the batch is JSON already, and may have megabytes.
        var body = new byte[batchUtf8.Length + 10];
        "{\"batch\":"u8.CopyTo(body);
        batchUtf8.Span.CopyTo(body.AsSpan(9));
        body[^1] = (byte)'}';
        return CallAsync("cogcommit_push", body, cancellationToken);
    }

    public Task<JsonElement> PullAsync(CloudCursor? cursor, int maxBytes, CancellationToken cancellationToken) => CallAsync(
        "cogcommit_pull",
        Arguments(json =>
        {
            if (cursor is null)
            {
                json.WriteNull("cursor");
            }
            else
            {
                json.WriteStartObject("cursor");
                json.WriteNumber("seq", cursor.Seq);
                json.WriteString("push_id", cursor.PushId);
                json.WriteEndObject();
            }

            json.WriteNumber("max_bytes", maxBytes);
        }),
        cancellationToken);

    public Task<JsonElement> DigestAsync(string? after, int maxRows, CancellationToken cancellationToken) => CallAsync(
        "cogcommit_digest",
        Arguments(json =>
        {
            json.WriteString("after", after);
            json.WriteNumber("max_rows", maxRows);
        }),
        cancellationToken);

    public Task<JsonElement> WipeAsync(bool dryRun, CancellationToken cancellationToken) =>
        CallAsync("cogcommit_wipe", Arguments(json => json.WriteBoolean("dry_run", dryRun)), cancellationToken);

    public Task<JsonElement> DeleteAccountAsync(CancellationToken cancellationToken) =>
        CallAsync("cogcommit_delete_account", Arguments(_ => { }), cancellationToken);

    private static byte[] Arguments(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private async Task<JsonElement> CallAsync(string function, byte[] body, CancellationToken cancellationToken)
    {
        var answer = await http.SendAsync(
            token => new CloudRequest(HttpMethod.Post, "/rest/v1/rpc/" + function) { Body = body, Token = token }, cancellationToken).ConfigureAwait(false);
        return answer.Succeeded ? answer.Json(Url) : throw CloudFaults.Of(Url, function, answer, body.Length);
    }
}
