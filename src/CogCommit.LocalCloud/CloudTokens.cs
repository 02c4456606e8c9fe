using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CogCommit.LocalCloud;

/// <summary>The tokens of this cloud: HS256, in the form of Supabase Auth.</summary>
internal sealed class CloudTokens
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>What PostgREST allows a token that begins later.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    private static readonly string[] Roles = ["anon", "authenticated"];

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SigningCredentials _credentials;
    private readonly TokenValidationParameters _validation;
    private readonly TimeProvider _clock;

    public CloudTokens(CloudKeys keys, TimeProvider clock)
    {
        var key = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(keys.JwtSecret));
        _clock = clock;
        _credentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256);
        _validation = new TokenValidationParameters
        {
            IssuerSigningKey = key,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            // As PostgREST and Supabase Auth: the signature and the time decide; issuer and audience are told, not asked.
            ValidateIssuer = false,
            ValidateAudience = false,
            LifetimeValidator = (begins, expires, _, _) =>
                expires is { } end && end > clock.GetUtcNow().UtcDateTime && !(begins > clock.GetUtcNow().UtcDateTime + ClockSkew),
        };
        AnonKey = _handler.CreateToken(
            new JsonObject
            {
                ["iss"] = "cogcommit-local",
                ["role"] = "anon",
                ["iat"] = keys.MadeAt.ToUnixTimeSeconds(),
                ["exp"] = keys.MadeAt.AddYears(10).ToUnixTimeSeconds(),
            }.ToJsonString(),
            _credentials);
    }

    /// <summary>The public key: a token of role anon, the same as long as the data folder lives.</summary>
    public string AnonKey { get; }

    public string Issue(Auth.CloudAccountRow user, Guid sessionId, string issuer, out DateTimeOffset expiresAt)
    {
        var now = _clock.GetUtcNow();
        expiresAt = now + Lifetime;
        return _handler.CreateToken(
            new JsonObject
            {
                ["iss"] = issuer,
                ["sub"] = user.Id.ToString("D"),
                ["aud"] = "authenticated",
                ["exp"] = expiresAt.ToUnixTimeSeconds(),
                ["iat"] = now.ToUnixTimeSeconds(),
                ["email"] = user.Email,
                ["phone"] = "",
                ["app_metadata"] = JsonNode.Parse(user.AppMetadata),
                ["user_metadata"] = JsonNode.Parse(user.UserMetadata),
                ["role"] = "authenticated",
                ["aal"] = "aal1",
                ["amr"] = new JsonArray(new JsonObject { ["method"] = "oauth", ["timestamp"] = now.ToUnixTimeSeconds() }),
                ["session_id"] = sessionId.ToString("D"),
                ["is_anonymous"] = false,
            }.ToJsonString(),
            _credentials);
    }

    /// <returns>The caller; or null with what is wrong, in PostgREST's words.</returns>
    public async Task<(Caller? Caller, string? Fault)> ReadAsync(string token)
    {
        var result = await _handler.ValidateTokenAsync(token, _validation);
        if (!result.IsValid)
        {
            return (null, result.Exception is SecurityTokenInvalidLifetimeException ? "JWT expired" : "JWT cryptographic operation failed");
        }

        var jwt = (JsonWebToken)result.SecurityToken;
        var payload = Base64UrlEncoder.Decode(jwt.EncodedPayload);
        using var claims = JsonDocument.Parse(payload);
        var role = Text(claims, "role");
        if (role is null || !Roles.Contains(role))
        {
            return (null, $"role \"{role}\" is not known here");
        }

        return (new Caller(role, payload, Id(claims, "sub"), Id(claims, "session_id")), null);
    }

    private static string? Text(JsonDocument claims, string name) =>
        claims.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static Guid? Id(JsonDocument claims, string name) => Guid.TryParse(Text(claims, name), out var id) ? id : null;
}
