using System.Text.Json;
using System.Text.Json.Nodes;

namespace CogCommit.LocalCloud.Auth;

/// <summary><c>/auth/v1/token</c>, <c>user</c>, <c>logout</c> and <c>health</c>.</summary>
internal static class SessionEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/auth/v1/health", () => Results.Json(new JsonObject { ["name"] = "CogCommit.LocalCloud", ["description"] = "Signs people in as Supabase Auth does" }));
        routes.MapPost("/auth/v1/token", Token);
        routes.MapGet("/auth/v1/user", User);
        routes.MapPost("/auth/v1/logout", Logout);
    }

    private static async Task<IResult> Token(HttpContext context, AuthStore store, CloudTokens tokens, CancellationToken cancellationToken)
    {
        var (fields, fault) = await ReadObject(context, cancellationToken);
        if (fields is null)
        {
            return fault!;
        }

        GrantResult grant;
        switch (context.Request.Query["grant_type"].ToString())
        {
            case "pkce":
                var (code, verifier) = (Text(fields, "auth_code"), Text(fields, "code_verifier"));
                if (code.Length == 0 || verifier.Length == 0)
                {
                    return AuthError.Of(400, "validation_failed", "invalid request: both auth code and code verifier should be non-empty");
                }

                grant = await store.ExchangeCodeAsync(code, verifier, cancellationToken);
                break;
            case "refresh_token":
                var token = Text(fields, "refresh_token");
                if (token.Length == 0)
                {
                    return AuthError.Of(400, "validation_failed", "refresh_token required");
                }

                grant = await store.RefreshAsync(token, cancellationToken);
                break;
            default:
                return AuthError.Of(400, "invalid_credentials", "unsupported_grant_type");
        }

        if (grant.User is null)
        {
            return grant.Refusal!;
        }

        context.Response.Headers.CacheControl = "no-store";
        var access = tokens.Issue(grant.User, grant.SessionId, $"{context.Request.Scheme}://{context.Request.Host}/auth/v1", out var expiresAt);
        return Results.Json(new JsonObject
        {
            ["access_token"] = access,
            ["token_type"] = "bearer",
            ["expires_in"] = (int)CloudTokens.Lifetime.TotalSeconds,
            ["expires_at"] = expiresAt.ToUnixTimeSeconds(),
            ["refresh_token"] = grant.RefreshToken,
            ["user"] = Of(grant.User),
        });
    }

    private static async Task<IResult> User(HttpContext context, AuthStore store, CloudTokens tokens, CancellationToken cancellationToken)
    {
        var (caller, fault) = await Identify(context, tokens);
        if (caller is null)
        {
            return fault!;
        }

        var user = await store.FindUserAsync(caller.UserId!.Value, caller.SessionId!.Value, cancellationToken);
        return user is null ? SessionEnded() : Results.Json(Of(user));
    }

    private static async Task<IResult> Logout(HttpContext context, AuthStore store, CloudTokens tokens, CancellationToken cancellationToken)
    {
        var (caller, fault) = await Identify(context, tokens);
        if (caller is null)
        {
            return fault!;
        }

        var scope = context.Request.Query["scope"].ToString();
        if (scope is not ("" or "global" or "local" or "others"))
        {
            return AuthError.Of(400, "validation_failed", $"Unsupported logout scope \"{scope}\"");
        }

        if (await store.FindUserAsync(caller.UserId!.Value, caller.SessionId!.Value, cancellationToken) is null)
        {
            return SessionEnded();
        }

        await store.SignOutAsync(caller.UserId!.Value, caller.SessionId!.Value, scope, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<(Caller? Caller, IResult? Fault)> Identify(HttpContext context, CloudTokens tokens)
    {
        if (BearerToken.Of(context.Request) is not { } token)
        {
            return (null, AuthError.Of(401, "no_authorization", "This endpoint requires a valid Bearer token"));
        }

        var (caller, fault) = await tokens.ReadAsync(token);
        return caller is { UserId: not null, SessionId: not null }
            ? (caller, null)
            : (null, AuthError.Of(403, "bad_jwt", $"invalid JWT: {fault ?? "no user in the token"}"));
    }

    private static IResult SessionEnded() =>
        AuthError.Of(403, "session_not_found", "Session from session_id claim in JWT does not exist");

    private static JsonObject Of(CloudAccountRow user) => new()
    {
        ["id"] = user.Id.ToString("D"),
        ["aud"] = "authenticated",
        ["role"] = "authenticated",
        ["email"] = user.Email,
        ["app_metadata"] = JsonNode.Parse(user.AppMetadata),
        ["user_metadata"] = JsonNode.Parse(user.UserMetadata),
        ["created_at"] = user.CreatedAt.UtcDateTime.ToString("O"),
        ["is_anonymous"] = false,
    };

    private static string Text(JsonObject fields, string name) =>
        fields[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    private static async Task<(JsonObject? Fields, IResult? Fault)> ReadObject(HttpContext context, CancellationToken cancellationToken)
    {
        try
        {
            var body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: cancellationToken);
            return body is JsonObject fields ? (fields, null) : (null, NoJson());
        }
        catch (JsonException)
        {
            return (null, NoJson());
        }

        static IResult NoJson() => AuthError.Of(400, "bad_json", "Could not parse request body as JSON");
    }
}
