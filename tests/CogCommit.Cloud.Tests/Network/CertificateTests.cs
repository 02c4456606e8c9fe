using CogCommit.Core.Cloud;
using CogCommit.Core.Sync;

namespace CogCommit.Cloud.Tests.Network;

/// <summary>A cloud that cannot prove who it is gets nothing: not the token, not even the question.</summary>
public sealed class CertificateTests(LocalCloudFixture cloud)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1", "errors in the certificate chain: UntrustedRoot")]
    [InlineData("other.example", "RemoteCertificateNameMismatch")]
    public async Task A_certificate_that_is_not_trusted_is_asked_once_and_told_nothing(string name, string says)
    {
        using var certificate = Certificates.SelfSigned(name);
        using var handler = CloudAccount.NewHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => certificate.Equals(shown);
        await using var scene = await NetworkScene.StartAsync(cloud, handler, certificate);
        await scene.TellAsync();
        var connections = scene.Proxy.Connections;

        // As users have it: whoever is signed in there once, and now meets a certificate that this machine does not know.
        using var account = new CloudAccount(scene.Machine.Home, null, null, scene.Clock);
        var read = await scene.ReadAsync(() => NetworkScene.EngineOf(scene.Store, account, NetworkScene.Small).SyncAsync(new SyncOptions(), null, Cancel));
        Assert.StartsWith($"The cloud at {StatusTests.Address(scene)} cannot be reached: no secure connection could be made (", read, StringComparison.Ordinal);
        Assert.Contains(says, read, StringComparison.Ordinal);
        Assert.EndsWith(
            "). Nothing was sent there. This network's log-in page, a program that looks into connections, or a wrong clock may be the cause. Nothing is lost; try again when it is back.",
            read,
            StringComparison.Ordinal);
        Assert.Empty(scene.Proxy.Requests);
        Assert.Equal(connections + 1, scene.Proxy.Connections);
        Assert.Equal(TimeSpan.Zero, scene.Elapsed);
        Testing.Figures.Record("faults injected", 1);

        await scene.AssertWholeAsync();
    }

    [Fact]
    public async Task A_line_that_breaks_while_it_is_made_secure_is_made_anew()
    {
        using var certificate = Certificates.SelfSigned("127.0.0.1");
        using var handler = CloudAccount.NewHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => certificate.Equals(shown);
        await using var scene = await NetworkScene.StartAsync(cloud, handler, certificate);
        await scene.TellAsync();
        await scene.Proxy.CloseAsync();
        scene.Proxy.Open();
        var connections = scene.Proxy.Connections;
        scene.Proxy.RefuseConnection = connection => connection <= connections + 3;
        Assert.Null(await scene.ReadAsync());
        Assert.Equal(connections + 4, scene.Proxy.Connections);
        await scene.AssertWholeAsync();
    }

    [Fact]
    public async Task Nobody_signs_in_where_the_certificate_is_not_trusted()
    {
        using var certificate = Certificates.SelfSigned("127.0.0.1");
        var clock = NetworkScene.NewClock();
        await using var proxy = new FaultyProxy(cloud.Url, clock, certificate);
        using var machine = new TestMachine("nobody", clock: clock);
        foreach (var refreshToken in new[] { null, "a-token" })
        {
            var request = new SignInRequest { Url = proxy.Url, AnonKey = cloud.Server.AnonKey, RefreshToken = refreshToken };
            var error = await Assert.ThrowsAsync<CloudUnreachableException>(() => machine.Account.SignInAsync(request, new Wire.NoPrompt(), Cancel));
            Assert.Contains("UntrustedRoot", error.Message, StringComparison.Ordinal);
        }

        Assert.Empty(proxy.Requests);
        Assert.Null(machine.Account.Current);
    }
}
