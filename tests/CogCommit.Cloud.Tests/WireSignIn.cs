using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CogCommit.Cloud.Tests;

/// <summary>A user's sign-in to a local cloud, said over the wire: no browser, and none of the client's code. Stands alone, so that other test projects can link it.</summary>
public static class WireSignIn
{
    /// <returns>The answer of /token: access_token, refresh_token, user.</returns>
    public static async Task<JsonElement> GrantAsync(Uri url, string anonKey, string secret, string userName)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = url };
        http.DefaultRequestHeaders.Add("apikey", anonKey);
        var verifier = "v" + Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["redirect_to"] = "http://127.0.0.1:9/x",
            ["code_challenge"] = Challenge(verifier),
            ["user_name"] = userName,
            ["secret"] = secret,
        });
        using var answer = await http.PostAsync("/auth/v1/authorize", form);
        var code = System.Web.HttpUtility.ParseQueryString(answer.Headers.Location!.Query)["code"];
        using var grant = await http.PostAsJsonAsync("/auth/v1/token?grant_type=pkce", new { auth_code = code, code_verifier = verifier });
        grant.EnsureSuccessStatusCode();
        return await grant.Content.ReadFromJsonAsync<JsonElement>();
    }

    public static string Challenge(string verifier) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
