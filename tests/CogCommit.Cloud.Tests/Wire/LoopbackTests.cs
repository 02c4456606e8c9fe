using System.Net;
using System.Net.Sockets;
using System.Text;
using CogCommit.Core;
using CogCommit.Core.Cloud;
using CogCommit.Core.Cloud.Auth;
using Microsoft.Extensions.Time.Testing;

namespace CogCommit.Cloud.Tests.Wire;

/// <summary>The way back from the browser.</summary>
public sealed class LoopbackTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void The_challenge_is_that_of_RFC_7636()
    {
        Assert.Equal("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", Pkce.Of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").Challenge);
        Assert.Equal(43, Pkce.Create().Verifier.Reveal().Length);
        Assert.NotEqual(Pkce.Create().Verifier, Pkce.Create().Verifier);
    }

    [Theory]
    [InlineData("/path?code=abc", "abc", null)]
    [InlineData("/path?x=1&code=a%2Bb+c&state=7", "a+b c", null)]
    [InlineData("/path?code=abc#access_token=stolen", "abc", null)]
    [InlineData("/path?error=access_denied", null, "access_denied")]
    [InlineData("/path?error=x&error_description=The+user%0Adenied.", null, "The user denied")]
    [InlineData("/path?code=abc&error=x", null, "x")]
    public void A_code_or_an_error_on_the_path_counts(string target, string? code, string? error)
    {
        var redirect = Redirect.Read(new Uri("http://127.0.0.1:1/path"), target);
        Assert.Equal((code, error), (redirect!.Code?.Reveal(), redirect.Error));
    }

    [Theory]
    [InlineData("/path")]
    [InlineData("/path?")]
    [InlineData("/path?code=")]
    [InlineData("/path?access_token=abc")]
    [InlineData("/path#code=abc")]
    [InlineData("/other?code=abc")]
    [InlineData("/path/?code=abc")]
    [InlineData("/PATH?code=abc")]
    public void Anything_else_does_not(string target) =>
        Assert.Null(Redirect.Read(new Uri("http://127.0.0.1:1/path"), target));

    [Fact]
    public async Task Silent_broken_and_strange_connections_do_not_stop_the_browser()
    {
        using var listener = new LoopbackListener(TimeProvider.System);
        Assert.Equal("127.0.0.1", listener.Address.Host);
        var waiting = listener.WaitAsync(Cancel);
        using var silent = new TcpClient("127.0.0.1", listener.Address.Port);
        using (var broken = new TcpClient("127.0.0.1", listener.Address.Port))
        {
            broken.Client.LingerState = new LingerOption(true, 0);
            await broken.GetStream().WriteAsync("GET /"u8.ToArray(), Cancel);
        }

        Assert.StartsWith("HTTP/1.1 404", await SayAsync(listener, "POST " + listener.Address.PathAndQuery + "?code=x HTTP/1.1\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 404", await SayAsync(listener, "nonsense\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 404", await SayAsync(listener, "GET /favicon.ico HTTP/1.1\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 404", await SayAsync(listener, "GET /?code=guessed HTTP/1.1\r\n\r\n"), StringComparison.Ordinal);
        Assert.False(waiting.IsCompleted);

        Assert.StartsWith("HTTP/1.1 200", await SayAsync(listener, "GET " + listener.Address.PathAndQuery + "?code=right HTTP/1.1\r\nHost: x\r\n\r\n"), StringComparison.Ordinal);
        Assert.Equal("right", (await waiting).Code!.Reveal());
    }

    [Fact]
    public async Task Nobody_coming_back_ends_with_the_time()
    {
        var clock = new FakeTimeProvider();
        var signIn = new BrowserSignIn(new WaitingPrompt(), clock);
        var waiting = signIn.GetCodeAsync(new Uri("https://cloud.example"), Pkce.Create(), noBrowser: true, TimeSpan.FromMinutes(5), Cancel);
        clock.Advance(TimeSpan.FromMinutes(5));
        var error = await Assert.ThrowsAsync<CogCommitException>(() => waiting);
        Assert.Equal("SignInTimedOut", error.ErrorId);
    }

    [Fact]
    public async Task Cancelling_ends_the_wait()
    {
        using var stop = new CancellationTokenSource();
        var waiting = new BrowserSignIn(new WaitingPrompt(), TimeProvider.System)
            .GetCodeAsync(new Uri("https://cloud.example"), Pkce.Create(), noBrowser: true, TimeSpan.FromMinutes(5), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task A_pasted_text_that_is_no_redirect_of_this_sign_in_is_refused()
    {
        var signIn = new BrowserSignIn(new WaitingPrompt("http://127.0.0.1:1/elsewhere?code=x"), TimeProvider.System);
        var error = await Assert.ThrowsAsync<CogCommitException>(
            () => signIn.GetCodeAsync(new Uri("https://cloud.example"), Pkce.Create(), noBrowser: true, TimeSpan.FromMinutes(5), Cancel));
        Assert.Equal("PastedAddressUnknown", error.ErrorId);
    }

    [Fact]
    public void The_browser_begins_at_the_clouds_authorize_with_challenge_and_redirect()
    {
        var pkce = Pkce.Of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        Assert.Equal(
            "https://cloud.example/auth/v1/authorize?provider=github&redirect_to=http%3A%2F%2F127.0.0.1%3A5000%2Fabc&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=s256",
            AuthApi.AuthorizeAddress(new Uri("https://cloud.example"), new Uri("http://127.0.0.1:5000/abc"), pkce).AbsoluteUri);
    }

    private static async Task<string> SayAsync(LoopbackListener listener, string request)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, listener.Address.Port, Cancel);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), Cancel);
        using var reader = new StreamReader(connection.GetStream());
        return await reader.ReadToEndAsync(Cancel);
    }

    private sealed class WaitingPrompt(string? pasted = null) : ISignInPrompt
    {
        public void ShowAddress(Uri address) => Assert.Equal("/auth/v1/authorize", address.AbsolutePath);

        public Task<string?> ReadPastedAddress(CancellationToken cancellationToken) => Task.FromResult(pasted);

        public void OpenBrowser(Uri address) => throw new InvalidOperationException("no browser was asked for");
    }
}
