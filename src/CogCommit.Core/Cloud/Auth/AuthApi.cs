using System.Net;
using System.Text.Json;
using CogCommit.Core.Cloud.Http;

namespace CogCommit.Core.Cloud.Auth;

/// <summary><c>/auth/v1</c> of one cloud.</summary>
internal sealed class AuthApi(CloudHttp http, string anonKey, TimeProvider clock)
{
    /// <summary>Where the person's browser begins.</summary>
    public static Uri AuthorizeAddress(Uri url, Uri redirectTo, Pkce pkce) => new(
        url,
        $"/auth/v1/authorize?provider=github&redirect_to={Uri.EscapeDataString(redirectTo.AbsoluteUri)}&code_challenge={pkce.Challenge}&code_challenge_method=s256");

    /// <summary>Nobody is sent to a browser for an address at which no cloud answers, or for a key that it does not know.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var answer = await http.SendAsync(HttpMethod.Get, "/auth/v1/health", null, null, cancellationToken).ConfigureAwait(false);
        if (CloudFaults.WrongKey(http.Url, answer) is { } wrongKey)
        {
            throw wrongKey;
        }

        if (!answer.Succeeded)
        {
            throw Refusal(answer);
        }

        answer.Json(http.Url);
    }

    public Task<AuthSession> ExchangeCodeAsync(HiddenText code, Pkce pkce, CancellationToken cancellationToken) =>
        GrantAsync("pkce", [("auth_code", code), ("code_verifier", pkce.Verifier)], cancellationToken);

    public Task<AuthSession> RefreshAsync(HiddenText refreshToken, CancellationToken cancellationToken) =>
        GrantAsync("refresh_token", [("refresh_token", refreshToken)], cancellationToken);

    /// <summary>Ends this session in the cloud. One that has ended already is none to end.</summary>
    public async Task SignOutAsync(HiddenText accessToken, CancellationToken cancellationToken)
    {
        var answer = await http.SendAsync(HttpMethod.Post, "/auth/v1/logout?scope=local", null, accessToken, cancellationToken).ConfigureAwait(false);
        if (!answer.Succeeded && answer.Status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound))
        {
            throw Refusal(answer);
        }
    }

    private async Task<AuthSession> GrantAsync(string grant, (string Name, HiddenText Value)[] fields, CancellationToken cancellationToken)
    {
        var answer = await http.SendAsync(
            HttpMethod.Post,
            $"/auth/v1/token?grant_type={grant}",
            Body(fields),
            null,
            cancellationToken,
            [.. fields.Select(field => field.Value)]).ConfigureAwait(false);
        if (!answer.Succeeded)
        {
            throw Refusal(answer);
        }

        var json = answer.Json(http.Url);
        try
        {
            var user = json.GetProperty("user");
            return new AuthSession(
                http.Url,
                anonKey,
                user.GetProperty("id").GetGuid().ToString("D"),
                UserName(user),
                Token(json, "access_token"),
                Token(json, "refresh_token"),
                // By this machine's own clock, which may go wrong as it likes: only the span counts.
                clock.GetUtcNow().AddSeconds(json.GetProperty("expires_in").GetInt64()));
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentOutOfRangeException)
        {
            throw new CogCommitException(
                "CloudAnswerUnreadable",
                $"The cloud at {http.Url.GetLeftPart(UriPartial.Authority)} signed you in with an answer that lacks the user or the tokens. Check the address: it is no Supabase project, or a much older one.",
                ErrorKind.InvalidData);
        }
    }

    private CogCommitException Refusal(CloudAnswer answer)
    {
        // Whoever refuses without JSON is no cloud at all.
        answer.Json(http.Url);
        var reason = answer.Text("msg", "message", "error_description") ?? "no reason given";
        if (CloudFaults.WrongKey(http.Url, answer) is { } wrongKey)
        {
            return wrongKey;
        }

        // The auth service names every refusal of its own by a code. Without one it was the gateway before it, which knows nothing of this sign-in.
        var code = answer.Text("error_code", "code", "error");
        return code is null ? new CloudRejectedException((int)answer.Status, code, reason) : new CogCommitException(
            "SignInRefused",
            $"The cloud at {http.Url.GetLeftPart(UriPartial.Authority)} did not accept the sign-in ({(int)answer.Status}: {reason.TrimEnd('.')}). Run Connect-CogCommit to sign in again; nothing local is lost.",
            ErrorKind.Unauthorized);
    }

    private static HiddenText Token(JsonElement grant, string name) =>
        grant.GetProperty(name).GetString() is { Length: > 0 } token ? new HiddenText(token) : throw new FormatException(name);

    private static string? UserName(JsonElement user)
    {
        if (user.TryGetProperty("user_metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object)
        {
            foreach (var name in (string[])["user_name", "preferred_username", "name"])
            {
                if (metadata.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text)
                {
                    return text;
                }
            }
        }

        return user.TryGetProperty("email", out var email) && email.ValueKind == JsonValueKind.String && email.GetString() is { Length: > 0 } address
            ? address
            : null;
    }

    private static byte[] Body((string Name, HiddenText Value)[] fields)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            foreach (var (name, value) in fields)
            {
                json.WriteString(name, value.Reveal());
            }

            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
