using CogCommit.Core.Cloud.Auth;
using CogCommit.Core.Cloud.Http;

namespace CogCommit.Cloud.Tests.Network;

/// <summary>Faults while the access token is renewed: the network never signs anybody out, and only the cloud's own word ends a sign-in.</summary>
public sealed class RefreshTests(LocalCloudFixture cloud)
{
    [Fact]
    public async Task A_renewal_whose_answer_is_lost_is_asked_for_again_and_its_successor_is_kept()
    {
        await using var scene = await StartAsync();
        var old = Kept(scene);
        scene.Proxy.Script = request => request.IsGrant && request.Number <= 3 ? Fault.ResetAfter : null;
        Assert.Null(await scene.ReadAsync());
        Assert.Equal(4, scene.Proxy.Requests.Count(request => request.IsGrant));
        Assert.Single(scene.Proxy.Requests.Where(request => request.IsGrant).Select(request => request.Text).Distinct());
        Assert.NotEqual(old.RefreshToken, Kept(scene).RefreshToken);

        // The session goes on with it.
        scene.ExpireToken();
        await scene.AssertWholeAsync();
    }

    public static TheoryData<string> Networks => [.. NetworkFaults(NetworkScene.NewClock()).Select(fault => fault.Name)];

    [Theory]
    [MemberData(nameof(Networks))]
    public async Task Whatever_the_network_does_to_a_renewal_signs_nobody_out(string name)
    {
        await using var scene = await StartAsync();
        var (old, began) = (Kept(scene), scene.Elapsed);
        var fault = NetworkFaults(scene.Clock).Single(one => one.Name == name);
        scene.Proxy.Script = request => request.IsGrant ? fault : null;
        var read = await scene.ReadAsync();
        Assert.Contains("Nothing is lost", read, StringComparison.Ordinal);
        Assert.DoesNotContain("sign in again", read, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("ended", read, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(old, Kept(scene));
        Assert.All(scene.Proxy.Requests, request => Assert.True(request.IsGrant));
        Assert.InRange(scene.Proxy.Requests.Count, 1, CloudRetry.ForTokens.Tries);
        Assert.InRange(scene.Elapsed - began, TimeSpan.Zero, CloudRetry.ForTokens.Total);
        await scene.AssertWholeAsync();
    }

    [Theory]
    [InlineData(400, """{"code":400,"error_code":"refresh_token_not_found","msg":"Invalid Refresh Token: Refresh Token Not Found"}""")]
    [InlineData(400, """{"error":"invalid_grant","error_description":"Invalid Refresh Token"}""")]
    [InlineData(403, """{"code":"user_banned","message":"User is banned"}""")]
    public async Task A_sign_in_that_the_cloud_has_ended_says_so_once_and_is_still_known_here(int status, string json)
    {
        await using var scene = await StartAsync();
        scene.Proxy.Script = request => request.IsGrant ? Fault.Json(status, json) : null;
        Assert.Equal(
            $"Your sign-in at {StatusTests.Address(scene)} has ended: it was signed out or used elsewhere. Run Connect-CogCommit to sign in again; what is pending stays here until then.",
            await scene.ReadAsync());
        Assert.Single(scene.Proxy.Requests);
        Assert.Equal(scene.Machine.UserName, scene.Machine.Account.Current!.UserName);
        scene.Proxy.Heal();
        await scene.SignInAsync();
        await scene.AssertWholeAsync();
    }

    [Fact]
    public async Task A_token_that_the_cloud_refuses_before_its_time_is_renewed_once_and_then_it_says_to_sign_in_again()
    {
        await using var scene = await NetworkScene.StartAsync(cloud);
        await scene.TellAsync();
        var old = Kept(scene);
        scene.Proxy.Script = request => request.IsGrant ? null : Fault.Json(401, """{"code":"PGRST303","message":"JWT expired"}""");
        Assert.Equal(
            $"The cloud at {StatusTests.Address(scene)} does not accept this sign-in any more. Run Connect-CogCommit to sign in again; what is pending stays here until then.",
            await scene.ReadAsync());
        Assert.Equal([false, true, false], scene.Proxy.Requests.Select(request => request.IsGrant));
        // Two access tokens of one second are the same text; a refresh token is never the same.
        Assert.NotEqual(old.RefreshToken, Kept(scene).RefreshToken);
        await scene.AssertWholeAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(6)]
    public async Task A_401_at_any_request_is_made_good_by_one_renewal(int at)
    {
        await using var scene = await NetworkScene.StartAsync(cloud);
        await scene.TellAsync();
        scene.Proxy.Script = request => request.Number == at ? Fault.Json(401, """{"code":"PGRST303","message":"JWT expired"}""") : null;
        Assert.Null(await scene.ReadAsync());
        Assert.Equal(6 + 2, scene.Proxy.Requests.Count);
        Assert.Single(scene.Proxy.Requests, request => request.IsGrant);
        await scene.AssertWholeAsync();
    }

    [Fact]
    public async Task A_renewal_after_a_401_that_the_network_prevents_is_offline_and_the_old_sign_in_is_kept()
    {
        await using var scene = await NetworkScene.StartAsync(cloud);
        await scene.TellAsync();
        var old = Kept(scene);
        scene.Proxy.Script = request => request.IsGrant ? Fault.ResetBefore : Fault.Json(401, """{"code":"PGRST303","message":"JWT expired"}""");
        Assert.Equal(
            $"The cloud at {StatusTests.Address(scene)} cannot be reached: the connection broke. Nothing is lost; try again when it is back.", await scene.ReadAsync());
        Assert.Equal(1 + CloudRetry.ForTokens.Tries, scene.Proxy.Requests.Count);
        Assert.Equal(old, Kept(scene));
        await scene.AssertWholeAsync();
    }

    [Fact]
    public async Task A_page_that_asks_for_a_password_with_401_is_no_end_of_the_sign_in()
    {
        await using var scene = await StartAsync();
        var old = Kept(scene);
        scene.Proxy.Script = _ => Fault.Answer(401);
        Assert.Contains("is no CogCommit cloud: 401", await scene.ReadAsync(), StringComparison.Ordinal);
        Assert.Equal(old, Kept(scene));
        await scene.AssertWholeAsync();
    }

    [Fact]
    public async Task A_public_key_that_the_gateway_does_not_know_is_named()
    {
        await using var scene = await StartAsync();
        scene.Proxy.Script = _ => Fault.Json(401, """{"message":"Invalid API key","hint":"Double check your Supabase `anon` or `service_role` API key."}""");
        Assert.Equal(
            $"The cloud at {StatusTests.Address(scene)} does not know this public key. Compare it with the project's anon (or publishable) key, then run Connect-CogCommit -Url <address> -AnonKey <key>.",
            await scene.ReadAsync());
        await scene.AssertWholeAsync();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"access_token":"a","refresh_token":"b","expires_in":9223372036854775807,"user":{"id":"7f000000-0000-4000-8000-000000000001"}}""")]
    [InlineData("""{"access_token":"\ud800","refresh_token":"b","expires_in":3600,"user":{"id":"7f000000-0000-4000-8000-000000000001"}}""")]
    [InlineData("""{"access_token":"a","refresh_token":"b","expires_in":1e400,"user":{"id":"7f000000-0000-4000-8000-000000000001"}}""")]
    public async Task A_renewal_that_is_JSON_but_no_sign_in_keeps_the_old_one(string json)
    {
        await using var scene = await StartAsync();
        var old = Kept(scene);
        scene.Proxy.Script = request => request.IsGrant ? Fault.Json(200, json) : null;
        Assert.Contains("signed you in with an answer that lacks the user or the tokens", await scene.ReadAsync(), StringComparison.Ordinal);
        Assert.Equal(old, Kept(scene));
        await scene.AssertWholeAsync();
    }

    private static IEnumerable<Fault> NetworkFaults(Wire.EventClock clock) =>
    [
        Fault.ResetBefore,
        Fault.ResetAfter,
        Fault.SilenceBefore(clock),
        Fault.SilenceAfter(clock),
        Fault.Trickle(clock),
        Fault.ShortBody,
        Fault.CutJson,
        Fault.Answer(200),
        Fault.Answer(302, "", Fault.HtmlType, ("Location", "https://portal.example/")),
        Fault.Answer(403),
        Fault.Json(403, """{"message":"blocked by the firewall"}"""),
        Fault.Json(404, """{"message":"no Route matched with those values"}"""),
        Fault.Answer(500),
        Fault.Json(503, """{"code":503,"error_code":"unexpected_failure","msg":"the database is restarting"}"""),
        Fault.RetryAfter(429, "3600"),
        Fault.RetryAfter(429, "2"),
    ];

    private static AuthSession Kept(NetworkScene scene) => new AuthFile(scene.Machine.Home, TimeProvider.System).Read()!;

    private async Task<NetworkScene> StartAsync()
    {
        var scene = await NetworkScene.StartAsync(cloud);
        await scene.TellAsync();
        scene.ExpireToken();
        return scene;
    }
}
