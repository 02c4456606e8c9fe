using System.Net;
using CogCommit.Core;
using CogCommit.Core.Cloud;
using CogCommit.Core.Cloud.Auth;

namespace CogCommit.Cloud.Tests.Wire;

/// <summary>Access tokens are renewed when they must be, once, and never at the cost of the sign-in.</summary>
public sealed class TokenRefreshTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(61, 1)]
    [InlineData(60, 2)]
    [InlineData(-10, 2)]
    public async Task A_token_is_renewed_in_its_last_minute(int secondsLeft, int requests)
    {
        using var cloud = new FakeCloud();
        if (requests == 2)
        {
            cloud.Then(HttpStatusCode.OK, FakeCloud.Grant("access-2", "refresh-2"));
        }

        cloud.Then(HttpStatusCode.OK);
        using var machine = cloud.SignedIn(TimeSpan.FromSeconds(secondsLeft));
        await machine.Account.Connect().PullAsync(null, 5, Cancel);
        Assert.Equal(requests, cloud.Requests.Count);
        Assert.Equal(requests == 2 ? "Bearer access-2" : "Bearer access-1", cloud.Requests[^1].Authorization);
        if (requests == 2)
        {
            Assert.Equal(("/auth/v1/token?grant_type=refresh_token", """{"refresh_token":"refresh-1"}"""), (cloud.Requests[0].Path, cloud.Requests[0].Body));
            Assert.Equal("refresh-2", Kept(machine)!.RefreshToken.Reveal());
            Assert.Equal(cloud.Clock.GetUtcNow().AddHours(1), machine.Account.Current!.ExpiresAt);
        }
    }

    [Fact]
    public async Task A_401_renews_once_and_a_second_one_says_to_sign_in_again()
    {
        const string Expired = """{"code":"PGRST303","message":"JWT expired"}""";
        using var cloud = new FakeCloud()
            .Then(HttpStatusCode.Unauthorized, Expired)
            .Then(HttpStatusCode.OK, FakeCloud.Grant("access-2", "refresh-2"))
            .Then(HttpStatusCode.OK, """{"protocol":1}""")
            .Then(HttpStatusCode.Unauthorized, Expired)
            .Then(HttpStatusCode.OK, FakeCloud.Grant("access-3", "refresh-3"))
            .Then(HttpStatusCode.Unauthorized, Expired);
        using var machine = cloud.SignedIn();
        var connection = machine.Account.Connect();
        Assert.Equal(1, (await connection.PullAsync(null, 5, Cancel)).GetProperty("protocol").GetInt32());
        Assert.Equal("Bearer access-2", cloud.Requests[2].Authorization);

        var error = await Assert.ThrowsAsync<CogCommitException>(() => connection.PullAsync(null, 5, Cancel));
        Assert.Equal(("SignInEnded", ErrorKind.Unauthorized), (error.ErrorId, error.Kind));
        Assert.Equal(6, cloud.Requests.Count);
    }

    [Fact]
    public async Task What_another_process_renewed_meanwhile_is_taken()
    {
        using var cloud = new FakeCloud();
        using var machine = cloud.SignedIn();
        cloud.Then((_, _) =>
        {
            Keep(machine, Kept(machine)! with { AccessToken = new HiddenText("access-other"), RefreshToken = new HiddenText("refresh-other") });
            return Task.FromResult(FakeCloud.Answer(HttpStatusCode.Unauthorized, """{"message":"JWT expired"}"""));
        }).Then(HttpStatusCode.OK);
        await machine.Account.Connect().PullAsync(null, 5, Cancel);
        Assert.Equal(["Bearer access-1", "Bearer access-other"], cloud.Requests.Select(request => request.Authorization));
    }

    [Fact]
    public async Task A_refresh_that_fails_by_the_network_signs_nobody_out()
    {
        using var cloud = new FakeCloud { Otherwise = () => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused") };
        using var machine = cloud.SignedIn(TimeSpan.Zero);
        await Assert.ThrowsAsync<CloudUnreachableException>(() => machine.Account.Connect().PullAsync(null, 5, Cancel));
        Assert.Equal("refresh-1", Kept(machine)!.RefreshToken.Reveal());

        cloud.Otherwise = () => FakeCloud.Answer(HttpStatusCode.BadGateway, "<html>", "text/html");
        await Assert.ThrowsAsync<CloudUnreachableException>(() => machine.Account.Connect().PullAsync(null, 5, Cancel));
        cloud.Otherwise = () => FakeCloud.Answer(HttpStatusCode.OK, "<html>", "text/html");
        await Assert.ThrowsAsync<CogCommitException>(() => machine.Account.Connect().PullAsync(null, 5, Cancel));
        Assert.Equal("refresh-1", Kept(machine)!.RefreshToken.Reveal());
    }

    [Theory]
    [InlineData("refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found")]
    [InlineData("refresh_token_already_used", "Invalid Refresh Token: Already Used")]
    public async Task A_revoked_session_says_to_sign_in_again_and_shows_no_token(string code, string message)
    {
        using var cloud = new FakeCloud().Then(HttpStatusCode.BadRequest, $$"""{"code":400,"error_code":"{{code}}","msg":"{{message}} refresh-1"}""");
        using var machine = cloud.SignedIn(TimeSpan.Zero);
        var error = await Assert.ThrowsAsync<CogCommitException>(() => machine.Account.Connect().PullAsync(null, 5, Cancel));
        Assert.Equal(("SignInEnded", ErrorKind.Unauthorized), (error.ErrorId, error.Kind));
        Assert.Contains("Connect-CogCommit", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("refresh-1", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_signed_out_while_it_was_renewed_stays_signed_out()
    {
        using var cloud = new FakeCloud();
        using var machine = cloud.SignedIn(TimeSpan.Zero);
        cloud.Then((_, _) =>
        {
            File.Delete(machine.Home.AuthPath);
            return Task.FromResult(FakeCloud.Answer(HttpStatusCode.OK, FakeCloud.Grant("access-2", "refresh-2")));
        });
        var error = await Assert.ThrowsAsync<CogCommitException>(() => machine.Account.Connect().PullAsync(null, 5, Cancel));
        Assert.Equal("SignInChanged", error.ErrorId);
        Assert.Null(machine.Account.Current);
    }

    [Fact]
    public async Task Whoever_else_signed_in_meanwhile_is_not_spoken_for()
    {
        using var cloud = new FakeCloud();
        using var machine = cloud.SignedIn();
        var connection = machine.Account.Connect();
        Keep(machine, Kept(machine)! with { UserId = "7f000000-0000-4000-8000-000000000002" });
        var error = await Assert.ThrowsAsync<CogCommitException>(() => connection.PullAsync(null, 5, Cancel));
        Assert.Equal("SignInChanged", error.ErrorId);
        Assert.Empty(cloud.Requests);
    }

    [Fact]
    public async Task Signing_out_while_offline_forgets_here_and_says_that_the_cloud_was_not_told()
    {
        using var cloud = new FakeCloud { Otherwise = () => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused") };
        using var machine = cloud.SignedIn();
        Assert.False(await machine.Account.SignOutAsync(Cancel));
        Assert.Null(machine.Account.Current);
        Assert.True(await machine.Account.SignOutAsync(Cancel));
    }

    private static AuthSession? Kept(TestMachine machine) => new AuthFile(machine.Home, TimeProvider.System).Read();

    private static void Keep(TestMachine machine, AuthSession session) =>
        File.WriteAllBytes(machine.Home.AuthPath, AuthJson.Write(session, TokenProtection.OfThisSystem));
}
