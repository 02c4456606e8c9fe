using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CogCommit.Cloud.Tests.Attacks;

/// <summary>Tokens made by hand, with any header, payload and key.</summary>
internal static class SignedToken
{
    /// <summary>The key of a local cloud, that no attacker has: for tokens that are signed rightly and say something odd.</summary>
    public static string KeyOf(LocalCloudFixture cloud) =>
        JsonElement.Parse(File.ReadAllText(Path.Combine(cloud.DataFolder, "keys.json"))).GetProperty("JwtSecret").GetString()!;

    public static JsonObject Payload(Guid user, long? expires = null, string role = "authenticated") => new()
    {
        ["sub"] = user.ToString("D"),
        ["aud"] = "authenticated",
        ["role"] = role,
        ["session_id"] = Guid.NewGuid().ToString("D"),
        ["iat"] = Now - 60,
        ["exp"] = expires ?? Now + 3600,
    };

    public static long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    public static string Make(JsonNode payload, string key, string header = """{"alg":"HS256","typ":"JWT"}""")
    {
        var text = Encode(Encoding.UTF8.GetBytes(header)) + "." + Encode(Encoding.UTF8.GetBytes(payload.ToJsonString()));
        return text + "." + Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text)));
    }

    public static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
