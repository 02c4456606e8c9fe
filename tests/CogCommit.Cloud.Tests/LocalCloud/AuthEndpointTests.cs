using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace CogCommit.Cloud.Tests.LocalCloud;

/// <summary>What the local cloud's /auth/v1 answers, said without the client's code.</summary>
public sealed class AuthEndpointTests(LocalCloudFixture cloud)
{
    private const string Verifier = "0123456789012345678901234567890123456789-._~";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://localhost:5000/x")]
    [InlineData("http://example.com/x")]
    [InlineData("https://127.0.0.1:5000/x")]
    [InlineData("http://127.0.0.1.example.com/x")]
    [InlineData("http://user@127.0.0.1:1/x")]
    [InlineData("javascript:alert(1)")]
    [InlineData("")]
    public async Task A_redirect_to_anything_but_a_loopback_literal_is_refused(string redirectTo)
    {
        using var http = cloud.NewClient(null);
        using var answer = await http.GetAsync(Authorize(redirectTo, WireSignIn.Challenge(Verifier)), Cancel);
        Assert.Equal((HttpStatusCode.BadRequest, "validation_failed"), await CodeOf(answer));
    }

    [Fact]
    public async Task Without_a_challenge_or_with_method_plain_nobody_signs_in()
    {
        using var http = cloud.NewClient(null);
        using var none = await http.GetAsync(Authorize("http://127.0.0.1:9/x", ""), Cancel);
        Assert.Equal((HttpStatusCode.BadRequest, "validation_failed"), await CodeOf(none));
        using var plain = await http.GetAsync(Authorize("http://127.0.0.1:9/x", WireSignIn.Challenge(Verifier)).Replace("=s256", "=plain", StringComparison.Ordinal), Cancel);
        Assert.Equal((HttpStatusCode.BadRequest, "validation_failed"), await CodeOf(plain));
    }

    [Fact]
    public async Task The_page_carries_what_it_was_given_as_text_only()
    {
        using var http = cloud.NewClient(null);
        using var answer = await http.GetAsync(Authorize("http://127.0.0.1:9/\"><script>alert(1)</script>", WireSignIn.Challenge(Verifier)), Cancel);
        var page = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task The_wrong_secret_and_a_bad_name_are_refused_on_the_page()
    {
        using var http = cloud.NewClient(null);
        using var wrong = await PostForm(http, "someone", cloud.Server.Secret + "x");
        Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
        using var name = await PostForm(http, "no such/name", cloud.Server.Secret);
        Assert.Equal(HttpStatusCode.BadRequest, name.StatusCode);
    }

    [Fact]
    public async Task A_code_needs_its_verifier_and_works_once()
    {
        using var http = cloud.NewClient(null);
        var code = await NewCode(http);

        using var wrong = await Exchange(http, code, Verifier + "x");
        Assert.Equal((HttpStatusCode.BadRequest, "bad_code_verifier"), await CodeOf(wrong));
        using var right = await Exchange(http, code, Verifier);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        using var again = await Exchange(http, code, Verifier);
        Assert.Equal((HttpStatusCode.NotFound, "flow_state_not_found"), await CodeOf(again));
        using var unknown = await Exchange(http, "made-up", Verifier);
        Assert.Equal((HttpStatusCode.NotFound, "flow_state_not_found"), await CodeOf(unknown));
    }

    [Fact]
    public async Task The_grant_has_the_form_of_Supabase_Auth()
    {
        var name = LocalCloudFixture.UniqueName("form");
        var grant = await cloud.GrantAsync(name);
        Assert.Equal("bearer", grant.GetProperty("token_type").GetString());
        Assert.Equal(3600, grant.GetProperty("expires_in").GetInt32());
        var user = grant.GetProperty("user");
        Assert.Equal(name, user.GetProperty("user_metadata").GetProperty("user_name").GetString());

        var payload = grant.GetProperty("access_token").GetString()!.Split('.')[1].Replace('-', '+').Replace('_', '/');
        using var claims = JsonDocument.Parse(Convert.FromBase64String(payload.PadRight((payload.Length + 3) / 4 * 4, '=')));
        var claim = claims.RootElement;
        Assert.Equal(user.GetProperty("id").GetString(), claim.GetProperty("sub").GetString());
        Assert.Equal("authenticated", claim.GetProperty("role").GetString());
        Assert.Equal("authenticated", claim.GetProperty("aud").GetString());
        Assert.Equal(3600, claim.GetProperty("exp").GetInt64() - claim.GetProperty("iat").GetInt64());
        Assert.True(Guid.TryParse(claim.GetProperty("session_id").GetString(), out _));
        Assert.Equal(name, claim.GetProperty("user_metadata").GetProperty("user_name").GetString());
        Assert.Equal(user.GetProperty("email").GetString(), claim.GetProperty("email").GetString());
    }

    [Fact]
    public async Task A_refresh_token_has_one_successor_however_many_ask_at_once()
    {
        using var http = cloud.NewClient(null);
        var token = (await cloud.GrantAsync(LocalCloudFixture.UniqueName("refresh"))).GetProperty("refresh_token").GetString();
        var successors = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            using var answer = await Refresh(http, token);
            return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("refresh_token").GetString();
        }));
        Assert.Single(successors.Distinct());
        Assert.NotEqual(token, successors[0]);
    }

    [Theory]
    [InlineData("pkce", "{}")]
    [InlineData("pkce", "[1]")]
    [InlineData("refresh_token", "{\"refresh_token\":7}")]
    [InlineData("refresh_token", "{not json")]
    [InlineData("password", "{}")]
    public async Task A_grant_that_makes_no_sense_is_a_400_in_Supabases_form(string grant, string body)
    {
        using var http = cloud.NewClient(null);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync("/auth/v1/token?grant_type=" + grant, content, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).TryGetProperty("error_code", out _));
    }

    [Fact]
    public async Task The_public_key_is_asked_for_everywhere_but_on_the_page()
    {
        using var http = new HttpClient { BaseAddress = cloud.Url };
        using var none = await http.GetAsync("/auth/v1/user", Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, none.StatusCode);
        http.DefaultRequestHeaders.Add("apikey", "wrong");
        using var wrong = await http.GetAsync("/rest/v1/cognitive_commits", Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        using var health = await http.GetAsync("/health", Cancel);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    public async Task A_foreign_host_name_gets_nothing(string host)
    {
        using var http = cloud.NewClient(null);
        http.DefaultRequestHeaders.Host = host;
        using var answer = await http.GetAsync("/health", Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Logout_wants_a_token_and_a_scope_that_it_knows()
    {
        var (http, _) = await cloud.NewClientUserAsync();
        using (http)
        {
            using var scope = await http.PostAsync("/auth/v1/logout?scope=nowhere", null, Cancel);
            Assert.Equal((HttpStatusCode.BadRequest, "validation_failed"), await CodeOf(scope));
            using var done = await http.PostAsync("/auth/v1/logout?scope=global", null, Cancel);
            Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
            using var again = await http.PostAsync("/auth/v1/logout", null, Cancel);
            Assert.Equal((HttpStatusCode.Forbidden, "session_not_found"), await CodeOf(again));
            http.DefaultRequestHeaders.Authorization = null;
            using var nobody = await http.PostAsync("/auth/v1/logout", null, Cancel);
            Assert.Equal((HttpStatusCode.Unauthorized, "no_authorization"), await CodeOf(nobody));
        }
    }

    private static string Authorize(string redirectTo, string challenge) =>
        $"/auth/v1/authorize?provider=github&redirect_to={Uri.EscapeDataString(redirectTo)}&code_challenge={challenge}&code_challenge_method=s256";

    private static async Task<(HttpStatusCode Status, string? Code)> CodeOf(HttpResponseMessage answer) =>
        (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("error_code").GetString());

    private static async Task<HttpResponseMessage> PostForm(HttpClient http, string userName, string secret)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["redirect_to"] = "http://127.0.0.1:9/x",
            ["code_challenge"] = WireSignIn.Challenge(Verifier),
            ["user_name"] = userName,
            ["secret"] = secret,
        });
        return await http.PostAsync("/auth/v1/authorize", form, Cancel);
    }

    private async Task<string> NewCode(HttpClient http)
    {
        using var answer = await PostForm(http, LocalCloudFixture.UniqueName("code"), cloud.Server.Secret);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return System.Web.HttpUtility.ParseQueryString(answer.Headers.Location!.Query)["code"]!;
    }

    private static Task<HttpResponseMessage> Exchange(HttpClient http, string code, string verifier) =>
        http.PostAsJsonAsync("/auth/v1/token?grant_type=pkce", new { auth_code = code, code_verifier = verifier }, Cancel);

    private static Task<HttpResponseMessage> Refresh(HttpClient http, string? token) =>
        http.PostAsJsonAsync("/auth/v1/token?grant_type=refresh_token", new { refresh_token = token }, Cancel);
}
