using System.Threading.Channels;
using CogCommit.Core.Config;
using CogCommit.Core.Tests.Capture.Import;
using CogCommit.Core.Watch;
using CogCommit.Testing;

namespace CogCommit.Cloud.Tests.Storage;

/// <summary>Pictures that go by themselves, as the daemon sends them.</summary>
public sealed class WatchedPictureTests(LocalCloudFixture cloud)
{
    // It comes in a second; whoever waits as long as this waits for nothing.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_picture_in_a_line_that_is_appended_goes_by_itself_and_another_machine_fetches_it_when_it_is_wanted()
    {
        using var folder = new TestFolder();
        using var here = await cloud.NewUserAsync("watching");
        using var there = new PictureMachine(await cloud.SignInAsync(here.UserName));
        Settings.Load(here.Home).Set("sync-debounce", "10ms");
        var session = new TranscriptBuilder("eeeeeeee-0000-4000-8000-000000000001").Prompt("Weave");
        var path = session.Write(folder.Path);
        var picture = Png.Of(7, 5000);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var told = Channel.CreateUnbounded<WatchEvent>();
        var watching = WatchAsync(here, folder, told.Writer, stop.Token);
        try
        {
            await UntilAsync(told.Reader, happened => happened is { Kind: WatchEventKind.Pushed, Turns: 1 });
            session.PromptWithImage("Like this", picture).AppendTo(path);
            await UntilAsync(told.Reader, happened => happened.Kind == WatchEventKind.Pushed && happened.Message.Contains("1 picture", StringComparison.Ordinal));
            await there.SyncAsync();
        }
        finally
        {
            await stop.CancelAsync();
            await watching;
        }

        var id = there.Scalar("select id from visuals")!;
        var stored = await here.Account.ConnectStorage().LookAsync([there.PathOf(id)], Cancel);
        Assert.Equal(1, stored.GetProperty("stored").GetArrayLength());
        Assert.Equal(("", 0, false), (there.Scalar("select path from visuals"), there.Cached, Directory.Exists(there.Home.VisualsPath)));
        Assert.Equal(picture, await there.FetchAsync(id));
        Assert.Equal(1, there.Cached);
    }

    private static async Task WatchAsync(TestMachine machine, TestFolder folder, ChannelWriter<WatchEvent> told, CancellationToken stop)
    {
        try
        {
            var watch = new ContinuousSync(machine.Home, new WatchOptions { Paths = [folder.Path] }, account => account.Listen());
            await watch.RunAsync(happened => told.TryWrite(happened), _ => { }, stop);
        }
        finally
        {
            told.Complete();
        }
    }

    private static async Task UntilAsync(ChannelReader<WatchEvent> told, Func<WatchEvent, bool> wanted)
    {
        while (!wanted(await told.ReadAsync(Cancel).AsTask().WaitAsync(Patience, Cancel)))
        {
        }
    }
}
