using System.Net;
using System.Net.Sockets;
using CogCommit.Core.Cloud;

namespace CogCommit.Cloud.Tests.Network;

/// <summary>Lines that break, names that nobody knows, doors that are shut.</summary>
public sealed class ConnectionTests(LocalCloudFixture cloud)
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_line_that_breaks_is_made_anew_with_growing_waits(int times)
    {
        await using var scene = await StartAsync();
        scene.Proxy.Script = request => request.Number <= times ? Fault.ResetBefore : null;
        Assert.Null(await scene.ReadAsync());
        Assert.Equal(6 + times, scene.Proxy.Requests.Count);
        Assert.Equal(times, scene.Clock.Waits.Count);
        await scene.AssertWholeAsync();
    }

    [Fact]
    public async Task A_line_that_breaks_five_times_is_offline()
    {
        await using var scene = await StartAsync();
        scene.Proxy.Script = _ => Fault.ResetBefore;
        Assert.Equal(Offline(scene, "the connection broke."), await scene.ReadAsync());
        Assert.Equal(5, scene.Proxy.Requests.Count);
        Assert.InRange(scene.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        await scene.AssertWholeAsync();
    }

    [Fact]
    public async Task A_batch_whose_answer_is_lost_is_sent_again_as_the_same_batch_and_is_stored_once()
    {
        await using var scene = await StartAsync();
        scene.Proxy.Script = request => request.IsPush && request.Number % 2 == 0 ? Fault.ResetAfter : null;
        var pushed = await scene.PushAsync();
        Assert.Equal((1, 3, 0), (pushed.Pushed, pushed.Turns, pushed.Failed));
        var batches = scene.Proxy.Requests.Where(request => request.IsPush).Select(request => request.Text).ToList();
        Assert.Equal(5, batches.Count);
        Assert.Equal(3, batches.Distinct().Count());
        await scene.AssertWholeAsync();
        // Three of the other machine, three of this one.
        Assert.Equal(6, await scene.CountInCloudAsync("sync_pushes"));
    }

    [Fact]
    public async Task Something_that_speaks_another_language_is_offline()
    {
        await using var scene = await StartAsync();
        scene.Proxy.Script = _ => Fault.NoHttp;
        Assert.Equal(Offline(scene, "the connection broke."), await scene.ReadAsync());
        Assert.Equal(5, scene.Proxy.Requests.Count);
        await scene.AssertWholeAsync();
    }

    [Fact]
    public async Task A_head_without_an_end_is_not_read_for_ever()
    {
        await using var scene = await StartAsync();
        scene.Proxy.Script = _ => new Fault("a long head", true, async exchange =>
        {
            await exchange.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray());
            var line = System.Text.Encoding.ASCII.GetBytes("X-Filler: " + new string('x', 8_000) + "\r\n");
            for (var lines = 0; lines < 100_000; lines++)
            {
                await exchange.WriteAsync(line);
            }
        });
        Assert.Equal(Offline(scene, "the connection broke."), await scene.ReadAsync());
        Assert.Equal(5, scene.Proxy.Requests.Count);
        await scene.AssertWholeAsync();
    }

    [Fact]
    public async Task Where_nobody_listens_it_is_offline_until_somebody_does()
    {
        await using var scene = await StartAsync();
        await scene.Proxy.CloseAsync();
        Assert.Equal(Offline(scene, "no connection could be made."), await scene.ReadAsync());
        Assert.Equal(4, scene.Clock.Waits.Count);
        Assert.InRange(scene.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        scene.Proxy.Open();
        await scene.AssertWholeAsync();
    }

    [Fact]
    public async Task A_name_that_nobody_knows_is_offline_until_somebody_does()
    {
        var unplugged = false;
        var lookups = 0;
        using var handler = CloudAccount.NewHandler();
        handler.ConnectCallback = async (context, cancellationToken) =>
        {
            lookups++;
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                // No name ends in .invalid (RFC 2606): the lookup and its failure are real.
                await socket.ConnectAsync(unplugged ? new DnsEndPoint("cogcommit.invalid", 443) : context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        };
        await using var scene = await NetworkScene.StartAsync(cloud, handler);
        await scene.TellAsync();
        await scene.Proxy.CloseAsync();
        scene.Proxy.Open();
        (unplugged, lookups) = (true, 0);
        Assert.Equal(Offline(scene, "its name is not known here; this machine may be offline."), await scene.ReadAsync());
        Assert.Equal(5, lookups);
        Assert.InRange(scene.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        unplugged = false;
        await scene.AssertWholeAsync();
    }

    private static string Offline(NetworkScene scene, string reason) =>
        $"The cloud at {StatusTests.Address(scene)} cannot be reached: {reason} Nothing is lost; try again when it is back.";

    private async Task<NetworkScene> StartAsync()
    {
        var scene = await NetworkScene.StartAsync(cloud);
        await scene.TellAsync();
        return scene;
    }
}
