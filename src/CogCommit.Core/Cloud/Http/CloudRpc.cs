using System.Net;
using System.Text.Json;
using CogCommit.Core.Cloud.Auth;

namespace CogCommit.Core.Cloud.Http;

/// <summary>The sync functions, called through PostgREST as the user who is signed in.</summary>
internal sealed class CloudRpc(CloudHttp http, TokenRefresh tokens, string userId) : ICloud
{
    public Uri Url => http.Url;

    public string UserId => userId;

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
        var session = await tokens.GetAsync(userId, null, cancellationToken).ConfigureAwait(false);
        var answer = await SendAsync(function, body, session, cancellationToken).ConfigureAwait(false);
        if (answer.Status == HttpStatusCode.Unauthorized)
        {
            if (CloudFaults.WrongKey(Url, answer) is { } wrongKey)
            {
                throw wrongKey;
            }

            session = await tokens.GetAsync(userId, session.AccessToken, cancellationToken).ConfigureAwait(false);
            answer = await SendAsync(function, body, session, cancellationToken).ConfigureAwait(false);
        }

        if (answer.Succeeded)
        {
            return answer.Json(Url);
        }

        throw answer.Status == HttpStatusCode.Unauthorized
            ? new CogCommitException(
                "SignInEnded",
                $"The cloud at {Url.GetLeftPart(UriPartial.Authority)} does not accept this sign-in any more. Run Connect-CogCommit to sign in again; what is pending stays here until then.",
                ErrorKind.Unauthorized)
            : CloudFaults.Of(Url, function, answer, body.Length);
    }

    private Task<CloudAnswer> SendAsync(string function, byte[] body, AuthSession session, CancellationToken cancellationToken) =>
        http.SendAsync(HttpMethod.Post, "/rest/v1/rpc/" + function, body, session.AccessToken, cancellationToken, session.RefreshToken);
}
