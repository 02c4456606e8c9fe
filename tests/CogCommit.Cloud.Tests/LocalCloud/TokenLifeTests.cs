using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CogCommit.Core;
using CogCommit.Core.Cloud;
using CogCommit.Core.Cloud.Auth;

namespace CogCommit.Cloud.Tests.LocalCloud;

/// <summary>What hours do to tokens: a cloud on a clock of its own, over a database that was named to it.</summary>
public sealed class TokenLifeTests(PostgresFixture postgres) : ClockedCloudTests(postgres)
{
    [Fact]
    public async Task An_access_token_ends_after_an_hour()
    {
        var grant = await GrantAsync();
        using var http = Client(grant.GetProperty("access_token").GetString()!);
        Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/rest/v1/cognitive_commits", Cancel)).StatusCode);
        Clock.Advance(TimeSpan.FromMinutes(2));
        using var expired = await http.GetAsync("/rest/v1/cognitive_commits", Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, expired.StatusCode);
        Assert.Equal("PGRST303", (await expired.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_code_ends_after_five_minutes()
    {
        using var http = Client(null);
        var code = await CodeAsync(http);
        Clock.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        using var late = await http.PostAsJsonAsync("/auth/v1/token?grant_type=pkce", new { auth_code = code, code_verifier = Verifier }, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
    }

    [Fact]
    public async Task A_used_refresh_token_gives_its_successor_for_ten_seconds_and_then_ends_the_session()
    {
        var first = (await GrantAsync()).GetProperty("refresh_token").GetString();
        var (_, second) = await RefreshAsync(first);
        Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal((200, second), await RefreshAsync(first));
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((400, "refresh_token_already_used"), await RefreshAsync(first));
        Assert.Equal((400, "refresh_token_not_found"), await RefreshAsync(second));
    }

    [Fact]
    public async Task The_client_renews_by_itself_and_says_so_when_its_token_was_used_elsewhere()
    {
        using var machine = new TestMachine("renewed", clock: Clock);
        var stolen = (await GrantAsync()).GetProperty("refresh_token").GetString();
        await machine.Account.SignInAsync(new SignInRequest { Url = Server.Url, AnonKey = Server.AnonKey, RefreshToken = stolen }, new BrowserRobot("x", "x"), Cancel);
        var cloud = machine.Account.Connect();
        for (var hour = 0; hour < 3; hour++)
        {
            Clock.Advance(TimeSpan.FromHours(1));
            Assert.Equal(1, (await cloud.PullAsync(null, 1000, Cancel)).GetProperty("protocol").GetInt32());
        }

        await RefreshAsync(stolen);
        Clock.Advance(TimeSpan.FromHours(1));
        var error = await Assert.ThrowsAsync<CogCommitException>(() => cloud.PullAsync(null, 1000, Cancel));
        Assert.Equal("SignInEnded", error.ErrorId);
    }

    [Fact]
    public async Task Ten_processes_with_an_expired_token_renew_it_once()
    {
        using var machine = new TestMachine("ten");
        var token = (await GrantAsync()).GetProperty("refresh_token").GetString();
        await machine.Account.SignInAsync(new SignInRequest { Url = Server.Url, AnonKey = Server.AnonKey, RefreshToken = token }, new BrowserRobot("x", "x"), Cancel);
        var file = new AuthFile(machine.Home, TimeProvider.System);
        await file.WriteAsync(file.Read()! with { ExpiresAt = DateTimeOffset.UtcNow }, Cancel);
        var before = await TokensAsync();

        // Each has an account of its own, as each process has: only the file is shared.
        await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            using var account = new CloudAccount(machine.Home, null);
            await account.Connect().PullAsync(null, 1000, Cancel);
        }));

        Assert.Equal(before + 1, await TokensAsync());
        Assert.False(file.Read()!.IsExpired(DateTimeOffset.UtcNow));
    }

    [Fact]
    public async Task Who_guesses_the_secret_is_slowed_down()
    {
        using var http = Client(null);
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await FormAsync(http, "guess " + i)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await FormAsync(http, "the secret")).StatusCode);
        Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(HttpStatusCode.SeeOther, (await FormAsync(http, "the secret")).StatusCode);
    }

    private const string Verifier = "0123456789012345678901234567890123456789-._~";

    private async Task<long> TokensAsync()
    {
        await using var command = Server.Database.CreateCommand("select count(*) from auth.refresh_tokens");
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }

    private async Task<JsonElement> GrantAsync()
    {
        using var http = Client(null);
        using var grant = await http.PostAsJsonAsync("/auth/v1/token?grant_type=pkce", new { auth_code = await CodeAsync(http), code_verifier = Verifier }, Cancel);
        return await grant.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    private static async Task<string?> CodeAsync(HttpClient http)
    {
        using var answer = await FormAsync(http, "the secret");
        return System.Web.HttpUtility.ParseQueryString(answer.Headers.Location!.Query)["code"];
    }

    private static async Task<HttpResponseMessage> FormAsync(HttpClient http, string secret)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["redirect_to"] = "http://127.0.0.1:9/x",
            ["code_challenge"] = WireSignIn.Challenge(Verifier),
            ["user_name"] = "timely",
            ["secret"] = secret,
        });
        return await http.PostAsync("/auth/v1/authorize", form, Cancel);
    }

    private async Task<(int Status, string? Text)> RefreshAsync(string? token)
    {
        using var http = Client(null);
        using var answer = await http.PostAsJsonAsync("/auth/v1/token?grant_type=refresh_token", new { refresh_token = token }, Cancel);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        return ((int)answer.StatusCode, body.GetProperty(answer.IsSuccessStatusCode ? "refresh_token" : "error_code").GetString());
    }

    private HttpClient Client(string? token)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Server.Url };
        client.DefaultRequestHeaders.Add("apikey", Server.AnonKey);
        if (token is not null)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        }

        return client;
    }
}
