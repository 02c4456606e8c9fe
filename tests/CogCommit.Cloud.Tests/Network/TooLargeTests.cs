using CogCommit.Cloud.Tests.Sync;
using CogCommit.Core.Sync;

namespace CogCommit.Cloud.Tests.Network;

/// <summary>413, from a gateway that has limits of its own, as a page: the batch is halved, down to single rows.</summary>
public sealed class TooLargeTests(LocalCloudFixture cloud)
{
    private static readonly Talk Long = Talk.Of("long", [.. Enumerable.Range(0, 16).Select(n => $"{n} {new string('x', 500)}")]);

    [Fact]
    public async Task A_batch_that_a_gateway_finds_too_large_goes_in_parts()
    {
        await using var scene = await StartAsync(Long);
        scene.Proxy.Script = request => request.IsPush && request.Body.Length > 4_000 ? Fault.Answer(413) : null;
        var synced = await scene.SyncAsync();
        Assert.Equal((1, 16, 0), (synced.Pushed, synced.Turns, synced.Failed));
        Assert.InRange(scene.Proxy.Faults, 3, 18);
        await scene.AssertWholeAsync();
    }

    [Fact]
    public async Task A_row_that_a_gateway_finds_too_large_stops_itself_alone_and_is_not_sent_again_unasked()
    {
        var talk = Long with { Turns = [.. Long.Turns, new string('y', 10_000), "the end"] };
        await using var scene = await StartAsync(talk);
        scene.Proxy.Script = request => request.IsPush && request.Body.Length > 6_000 ? Fault.Answer(413) : null;
        var synced = await scene.SyncAsync();
        Assert.Equal((1, 17, 1), (synced.Pushed, synced.Turns, synced.Failed));
        Assert.Equal("error", scene.StatusOf(talk));
        using (var reader = scene.Store.OpenReader())
        {
            using var command = reader.CreateCommand();
            command.CommandText = "select push_error from turns where push_state = 'error'";
            Assert.Matches(
                @"^The cloud, or a gateway before it, takes no request of 1\d{4} bytes\. Nothing is lost; what is here stays here\.$", (string)command.ExecuteScalar()!);
        }

        scene.Proxy.Forget();
        Assert.Equal(1, (await scene.SyncAsync()).Failed);
        Assert.DoesNotContain(scene.Proxy.Requests, request => request.IsPush);

        scene.Proxy.Heal();
        Assert.Equal((1, 0), await CountsAsync(scene.PushAsync(new PushOptions { Retry = true })));
        await scene.AssertWholeAsync();
    }

    [Fact]
    public async Task A_gateway_that_finds_everything_too_large_is_asked_twice_a_row_at_most_and_retrying_sends_it_all()
    {
        await using var scene = await StartAsync(Long);
        scene.Proxy.Script = request => request.IsPush ? Fault.Answer(413) : null;
        Assert.Equal((0, 1), await CountsAsync(scene.SyncAsync()));
        // Halving down to every row of 18, and no row without its commit.
        Assert.InRange(scene.Proxy.Requests.Count(request => request.IsPush), 1, 2 * 18);
        Assert.Equal("error", scene.StatusOf(Long));

        scene.Proxy.Heal();
        Assert.Equal((1, 0), await CountsAsync(scene.PushAsync(new PushOptions { Retry = true })));
        await scene.AssertWholeAsync();
    }

    [Fact]
    public async Task A_question_that_is_too_large_for_somebody_is_an_error_and_loses_nothing()
    {
        await using var scene = await StartAsync(Long);
        scene.Proxy.Script = request => request.IsPull ? Fault.Answer(413) : null;
        Assert.Matches(
            @"^The cloud, or a gateway before it, takes no request of \d+ bytes\. Nothing is lost; what is here stays here\.$", await scene.ReadAsync());
        Assert.Single(scene.Proxy.Requests);
        await scene.AssertWholeAsync();
    }

    private static async Task<(int Pushed, int Failed)> CountsAsync(Task<SyncResult> work) => ((await work).Pushed, (await work).Failed);

    private async Task<NetworkScene> StartAsync(Talk talk)
    {
        var scene = await NetworkScene.StartAsync(cloud);
        scene.Limits = BatchLimits.Default;
        scene.Import(talk);
        return scene;
    }
}
