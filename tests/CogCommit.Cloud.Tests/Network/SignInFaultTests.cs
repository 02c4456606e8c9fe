using CogCommit.Cloud.Tests.LocalCloud;
using CogCommit.Core;
using CogCommit.Core.Cloud;

namespace CogCommit.Cloud.Tests.Network;

/// <summary>Faults while somebody signs in or out: whoever was signed in stays so, and nobody is left half signed in.</summary>
public sealed class SignInFaultTests(LocalCloudFixture cloud)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(200, null)]
    [InlineData(404, null)]
    [InlineData(404, """{"message":"no Route matched with those values"}""")]
    [InlineData(502, null)]
    public async Task Nobody_is_sent_to_a_browser_for_something_that_is_no_cloud(int status, string? json)
    {
        await using var scene = await NetworkScene.StartAsync(cloud);
        scene.Proxy.Script = _ => json is null ? Fault.Answer(status) : Fault.Json(status, json);
        var browser = Browser(scene);
        var error = await Assert.ThrowsAnyAsync<CogCommitException>(() => SignInAsync(scene, browser));
        Assert.Contains("Nothing is lost", error.Message, StringComparison.Ordinal);
        Assert.Null(browser.Shown);
        Assert.NotNull(scene.Machine.Account.Current);
        await scene.AssertWholeAsync();
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 2)]
    public async Task A_code_that_did_not_arrive_is_sent_again(bool silence, int grants)
    {
        await using var scene = await NetworkScene.StartAsync(cloud);
        var first = true;
        scene.Proxy.Script = request =>
        {
            var fault = request.IsGrant && first ? silence ? Fault.SilenceBefore(scene.Clock) : Fault.ResetBefore : null;
            first &= !request.IsGrant;
            return fault;
        };
        var browser = Browser(scene);
        var user = await SignInAsync(scene, browser);
        await browser.EndedAsync();
        Assert.Equal(scene.Machine.UserName, user.UserName);
        Assert.Equal(grants, scene.Proxy.Requests.Count(request => request.IsGrant));
        await scene.AssertWholeAsync();
    }

    [Fact]
    public async Task A_code_whose_answer_was_lost_is_used_up_and_it_says_to_begin_again()
    {
        await using var scene = await NetworkScene.StartAsync(cloud);
        var before = scene.Machine.Account.Current;
        var first = true;
        scene.Proxy.Script = request =>
        {
            var fault = request.IsGrant && first ? Fault.ResetAfter : null;
            first &= !request.IsGrant;
            return fault;
        };
        var browser = Browser(scene);
        var error = await Assert.ThrowsAsync<CogCommitException>(() => SignInAsync(scene, browser));
        await browser.EndedAsync();
        Assert.Equal(("SignInRefused", ErrorKind.Unauthorized), (error.ErrorId, error.Kind));
        Assert.EndsWith("Run Connect-CogCommit to sign in again; nothing local is lost.", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, scene.Proxy.Requests.Count(request => request.IsGrant));
        Assert.Equal(before, scene.Machine.Account.Current);
        scene.Proxy.Heal();
        await SignInAsync(scene, Browser(scene));
        await scene.AssertWholeAsync();
    }

    [Fact]
    public async Task A_cloud_that_fails_when_the_browser_has_come_back_leaves_whoever_was_signed_in()
    {
        await using var scene = await NetworkScene.StartAsync(cloud);
        var before = scene.Machine.Account.Current;
        scene.Proxy.Script = request => request.IsGrant ? Fault.Answer(503) : null;
        var browser = Browser(scene);
        var error = await Assert.ThrowsAsync<CloudUnreachableException>(() => SignInAsync(scene, browser));
        await browser.EndedAsync();
        Assert.Contains("it answers 503", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, scene.Proxy.Requests.Count(request => request.IsGrant));
        Assert.Equal(before, scene.Machine.Account.Current);
        await scene.AssertWholeAsync();
    }

    [Fact]
    public async Task A_refresh_token_whose_answer_was_lost_signs_in_all_the_same()
    {
        await using var scene = await NetworkScene.StartAsync(cloud);
        scene.Proxy.Script = request => request.Number == 1 ? Fault.ResetAfter : null;
        await scene.SignInAsync();
        Assert.Equal(2, scene.Proxy.Requests.Count);
        scene.ExpireToken();
        await scene.AssertWholeAsync();
    }

    [Theory]
    [InlineData(200)]
    [InlineData(403)]
    [InlineData(503)]
    public async Task Signing_out_where_the_cloud_cannot_be_told_forgets_here_and_says_so(int status)
    {
        await using var scene = await NetworkScene.StartAsync(cloud);
        scene.Proxy.Script = _ => status == 200 ? Fault.ResetBefore : Fault.Answer(status);
        scene.ExpireToken();
        Assert.False(await scene.Machine.Account.SignOutAsync(Cancel));
        Assert.Null(scene.Machine.Account.Current);
        scene.Proxy.Heal();
        await scene.SignInAsync();
        await scene.AssertWholeAsync();
    }

    [Fact]
    public async Task Why_a_user_is_not_welcome_is_told_also_when_the_session_cannot_be_ended()
    {
        await using var scene = await NetworkScene.StartAsync(cloud);
        var before = scene.Machine.Account.Current;
        scene.Proxy.Script = request => request.Target.Contains("/logout", StringComparison.Ordinal) ? Fault.Answer(503) : null;
        var refreshToken = (await cloud.GrantAsync(LocalCloudFixture.UniqueName("other"))).GetProperty("refresh_token").GetString();
        var request = new SignInRequest { Url = scene.Proxy.Url, AnonKey = cloud.Server.AnonKey, RefreshToken = refreshToken };
        var error = await Assert.ThrowsAsync<CogCommitException>(() => scene.Machine.Account.SignInAsync(
            request, new Wire.NoPrompt(), _ => throw new CogCommitException("OtherOwner", "Another's store.", ErrorKind.Conflict), Cancel));
        Assert.Equal("OtherOwner", error.ErrorId);
        Assert.Equal(4, scene.Proxy.Faults);
        Assert.Equal(before, scene.Machine.Account.Current);
        await scene.AssertWholeAsync();
    }

    private BrowserRobot Browser(NetworkScene scene) => new(scene.Machine.UserName, cloud.Server.Secret);

    private Task<CloudUser> SignInAsync(NetworkScene scene, BrowserRobot browser) => scene.Machine.Account.SignInAsync(
        new SignInRequest { Url = scene.Proxy.Url, AnonKey = cloud.Server.AnonKey }, browser, Cancel);
}
