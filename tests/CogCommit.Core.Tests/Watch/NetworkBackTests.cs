using CogCommit.Core.Tests.Capture.Import;
using CogCommit.Core.Watch;

namespace CogCommit.Core.Tests.Watch;

/// <summary>Nobody waits for the next try when the network is there again.</summary>
public sealed class NetworkBackTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task When_the_network_is_back_cloud_and_channel_are_tried_at_once_however_far_the_next_try_is()
    {
        var clock = new AlarmClock();
        await using var scene = new WatchScene(clock);
        scene.SignIn("ann");
        await scene.StartAsync();
        await scene.UntilAsync(() => scene.Status is { Connection: ConnectionState.Listening, LastSync: not null }, "it listens");
        scene.Wire.Trouble = scene.Wire.Away;
        // Of long ago, so that nobody looks at it each second on the way there.
        File.SetLastWriteTimeUtc(new TranscriptBuilder("s1").Prompt("Weave").Write(scene.Folder), DateTime.UtcNow.AddDays(-1));
        await scene.PassUntilAsync(
            () => scene.Of(WatchEventKind.Captured).Any() && scene.Status!.NextTry - clock.GetUtcNow() >= Long, "a change waits, and the next try is far");
        scene.Wire.Trouble = null;
        Assert.Empty(scene.Of(WatchEventKind.Online));
        Assert.Equal(0, scene.Wire.Nudges.Tries);

        var now = clock.GetUtcNow();
        scene.Network.IsBack();
        await scene.UntilAsync(WatchEventKind.Online);
        await scene.UntilAsync(() => scene.Wire.Cloud.Turns.Count == 1, "what waited is there");

        Assert.Equal(now, clock.GetUtcNow());
        Assert.Equal(1, scene.Wire.Nudges.Tries);
        await scene.StopAsync();
        Assert.False(scene.Network.IsWatched);
    }

    [Fact]
    public void Where_no_test_says_otherwise_it_is_the_system_that_tells()
    {
        var parts = new WatchParts { Options = new(), Roots = [], Account = _ => throw new InvalidOperationException("Nobody asks.") };

        using var network = parts.Network(() => { });

        Assert.IsType<NetworkWatch>(network);
    }
}
