using System.Threading.Channels;
using CogCommit.Core.Capture;
using CogCommit.Core.Config;
using CogCommit.Core.Store;
using CogCommit.Core.Tests.Capture.Import;
using CogCommit.Core.Watch;
using CogCommit.Testing;

namespace CogCommit.Cloud.Tests.Storage;

/// <summary>Pictures that go by themselves, as the daemon sends them: one machine is watched, another one of the same user is not.</summary>
public sealed class WatchedPictureTests(LocalCloudFixture cloud) : IAsyncLifetime
{
    // It comes in a second; whoever waits as long as this waits for nothing.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TestFolder _folder = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<WatchEvent> _told = Channel.CreateUnbounded<WatchEvent>();
    private readonly TranscriptBuilder _session = new("eeeeeeee-0000-4000-8000-000000000001");
    private readonly byte[] _picture = Png.Of(7, 5000);
    private TestMachine _here = null!;
    private PictureMachine _there = null!;
    private string _path = "";
    private Task _watching = Task.CompletedTask;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _here = await cloud.NewUserAsync("watching");
        _there = new PictureMachine(await cloud.SignInAsync(_here.UserName));
        Settings.Load(_here.Home).Set("sync-debounce", "10ms");
        _path = _session.Prompt("Weave").Write(_folder.Path);
        _watching = WatchAsync();
    }

    [Fact]
    public async Task A_picture_in_a_line_that_is_appended_goes_and_is_fetched_elsewhere_when_it_is_wanted()
    {
        await PushedAsync("1 turn");
        _session.PromptWithImage("Like this", _picture).AppendTo(_path);
        await PushedAsync("1 picture");

        await AssertArrivesAsync();
    }

    [Fact]
    public async Task A_picture_that_somebody_adds_meanwhile_goes_too()
    {
        await PushedAsync("1 turn");
        using (var store = StoreFile.Open(_here.Home))
        {
            using var reader = store.OpenReader();
            using var command = reader.CreateCommand();
            command.CommandText = "select id from cognitive_commits";
            var file = Path.Combine(_folder.Path, "added.png");
            await File.WriteAllBytesAsync(file, _picture, Cancel);
            AddedVisual.Add(store, file, new VisualDraft { CommitId = (string)command.ExecuteScalar()! }, Cancel);
        }

        await PushedAsync("1 picture");

        await AssertArrivesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
        _there.Dispose();
        _here.Dispose();
        _folder.Dispose();
    }

    private async Task AssertArrivesAsync()
    {
        await _there.SyncAsync();
        var id = _there.Scalar("select id from visuals")!;
        var stored = await _here.Account.ConnectStorage().LookAsync([_there.PathOf(id)], Cancel);
        Assert.Equal(1, stored.GetProperty("stored").GetArrayLength());
        Assert.Equal(("", 0, false), (_there.Scalar("select path from visuals"), _there.Cached, Directory.Exists(_there.Home.VisualsPath)));

        Assert.Equal(_picture, await _there.FetchAsync(id));
        Assert.Equal(1, _there.Cached);
    }

    private async Task WatchAsync()
    {
        try
        {
            var watch = new ContinuousSync(_here.Home, new WatchOptions { Paths = [_folder.Path] }, account => account.Listen());
            await watch.RunAsync(happened => _told.Writer.TryWrite(happened), _ => { }, _stop.Token);
        }
        finally
        {
            _told.Writer.Complete();
        }
    }

    private async Task PushedAsync(string what)
    {
        while (await _told.Reader.ReadAsync(Cancel).AsTask().WaitAsync(Patience, Cancel) is var happened
            && !(happened.Kind == WatchEventKind.Pushed && happened.Message.Contains(what, StringComparison.Ordinal)))
        {
        }
    }
}
