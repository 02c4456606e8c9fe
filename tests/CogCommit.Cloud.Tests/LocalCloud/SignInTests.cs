using CogCommit.Core;
using CogCommit.Core.Cloud;

namespace CogCommit.Cloud.Tests.LocalCloud;

/// <summary>The client's sign-in, through a browser, against a real local cloud.</summary>
public sealed class SignInTests(LocalCloudFixture cloud)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_browser_signs_in_and_comes_back_by_loopback()
    {
        var name = LocalCloudFixture.UniqueName("ada");
        using var machine = new TestMachine(name);
        var browser = new BrowserRobot(name, cloud.Server.Secret);

        var user = await machine.Account.SignInAsync(Request(), browser, Cancel);
        await browser.EndedAsync();

        Assert.Equal(name, user.UserName);
        Assert.Equal(cloud.Url.GetLeftPart(UriPartial.Authority), user.Url.GetLeftPart(UriPartial.Authority));
        Assert.Equal(user, machine.Account.Current! with { ExpiresAt = user.ExpiresAt });
        Assert.Contains("Signed in", browser.LastPage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_name_is_the_same_user_and_another_name_another()
    {
        using var first = await cloud.NewUserAsync();
        using var second = await cloud.SignInAsync(first.UserName.ToUpperInvariant());
        using var other = await cloud.NewUserAsync();
        Assert.Equal(first.Account.Current!.UserId, second.Account.Current!.UserId);
        Assert.NotEqual(first.Account.Current!.UserId, other.Account.Current!.UserId);
    }

    [Fact]
    public async Task Without_a_browser_here_the_redirect_is_pasted()
    {
        var name = LocalCloudFixture.UniqueName("grace");
        using var machine = new TestMachine(name);
        var user = await machine.Account.SignInAsync(Request(noBrowser: true), new BrowserRobot(name, cloud.Server.Secret) { Pastes = true }, Cancel);
        Assert.Equal(name, user.UserName);
    }

    [Fact]
    public async Task Cancelling_on_the_page_ends_the_wait_and_signs_nobody_in()
    {
        using var machine = new TestMachine("nobody");
        var browser = new BrowserRobot("nobody", cloud.Server.Secret) { Button = "cancel" };
        var error = await Assert.ThrowsAsync<CogCommitException>(() => machine.Account.SignInAsync(Request(), browser, Cancel));
        await browser.EndedAsync();
        Assert.Equal(("SignInRefused", ErrorKind.Unauthorized), (error.ErrorId, error.Kind));
        Assert.Contains("denied", error.Message, StringComparison.Ordinal);
        Assert.Null(machine.Account.Current);
        Assert.Contains("Not signed in", browser.LastPage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refresh_token_signs_in_once()
    {
        var token = (await cloud.GrantAsync(LocalCloudFixture.UniqueName("token"))).GetProperty("refresh_token").GetString();
        using var machine = new TestMachine("token");
        var request = new SignInRequest { Url = cloud.Url, AnonKey = cloud.Server.AnonKey, RefreshToken = token };
        Assert.StartsWith("token-", (await machine.Account.SignInAsync(request, new BrowserRobot("x", "x"), Cancel)).UserName, StringComparison.Ordinal);

        var wrong = new SignInRequest { Url = cloud.Url, AnonKey = cloud.Server.AnonKey, RefreshToken = token + "x" };
        var error = await Assert.ThrowsAsync<CogCommitException>(() => machine.Account.SignInAsync(wrong, new BrowserRobot("x", "x"), Cancel));
        Assert.Equal("SignInRefused", error.ErrorId);
        Assert.DoesNotContain(token!, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_forgets_here_and_ends_the_session_there()
    {
        using var machine = await cloud.NewUserAsync();
        var before = new Core.Cloud.Auth.AuthFile(machine.Home, TimeProvider.System).Read()!;

        Assert.True(await machine.Account.SignOutAsync(Cancel));

        Assert.Null(machine.Account.Current);
        Assert.False(File.Exists(machine.Home.AuthPath));
        Assert.Equal("NotSignedIn", Assert.Throws<CogCommitException>(() => machine.Account.Connect()).ErrorId);
        using var http = cloud.NewClient(before.AccessToken.Reveal());
        using var user = await http.GetAsync("/auth/v1/user", Cancel);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, user.StatusCode);
    }

    [Fact]
    public async Task Signing_out_ends_only_this_machines_session()
    {
        using var first = await cloud.NewUserAsync();
        using var second = await cloud.SignInAsync(first.UserName);
        await first.Account.SignOutAsync(Cancel);
        using var http = cloud.NewClient(new Core.Cloud.Auth.AuthFile(second.Home, TimeProvider.System).Read()!.AccessToken.Reveal());
        using var user = await http.GetAsync("/auth/v1/user", Cancel);
        Assert.Equal(System.Net.HttpStatusCode.OK, user.StatusCode);
    }

    [Fact]
    public async Task A_wrong_public_key_is_named_as_such()
    {
        using var machine = new TestMachine("x");
        var request = new SignInRequest { Url = cloud.Url, AnonKey = "wrong", RefreshToken = "x" };
        var error = await Assert.ThrowsAsync<CogCommitException>(() => machine.Account.SignInAsync(request, new BrowserRobot("x", "x"), Cancel));
        Assert.Equal("InvalidAnonKey", error.ErrorId);
    }

    private SignInRequest Request(bool noBrowser = false) =>
        new() { Url = cloud.Url, AnonKey = cloud.Server.AnonKey, NoBrowser = noBrowser };
}
