using CogCommit.Cloud.Tests.Network;
using CogCommit.Cloud.Tests.Sync;
using CogCommit.Core;
using CogCommit.Core.Sync;
using CogCommit.Testing;

namespace CogCommit.Cloud.Tests.Storage;

/// <summary>Pictures between two machines of a user.</summary>
public sealed class PictureSyncTests(LocalCloudFixture cloud)
{
    private const int Part = 6 * 1024 * 1024;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fifty_pictures_go_both_ways_over_a_line_that_breaks_again_and_again()
    {
        await using var scene = await PictureScene.StartAsync(cloud);
        const int Large = 20 * 1024 * 1024;
        int[] sizes = [Large, 8 * 1024 * 1024, Part, Part + 1, 1, 2, 81919, 81920, 81921];
        var pictures = Enumerable.Range(0, 50).Select(seed => Picture.Of(seed, seed < sizes.Length ? sizes[seed] : 1000 + (seed * 4999))).ToList();
        // The line of one machine breaks: a large one goes up over it, and another one comes down.
        var ids = pictures.Select((picture, n) =>
        {
            var isHere = n is 3 || n % 2 == 0;
            return (Id: (isHere ? scene.Here : scene.There).Add(Talk.Of($"pictures {n / 10} {(isHere ? "here" : "there")}", "look", "nice"), picture), Picture: picture, Here: isHere);
        }).ToList();

        await scene.There.SyncAsync();
        var requests = 0;
        var cuts = 0;
        scene.Proxy.Script = request => !request.Target.StartsWith("/storage/", StringComparison.Ordinal) || ++requests % 4 != 0 ? null
            : ++cuts % 3 == 0 ? Fault.ResetBefore
            : request.Method == "GET" ? Fault.ShortBody
            : request.Method == "PATCH" ? Half
            : Fault.ResetAfter;
        var sent = await scene.Here.SyncAsync();
        Assert.Equal((false, 0, 0), (sent.Offline, sent.VisualsWaiting, sent.Failed));
        await scene.There.SyncAsync();
        Assert.True(cuts > 5, $"{cuts} cuts");

        // Only the rows have come; the pictures come when somebody looks.
        Assert.Equal((0, 0), (scene.Here.Cached, scene.There.Cached));
        foreach (var (id, picture, isHere) in ids)
        {
            Assert.Equal(picture.Hash, CogCommit.Core.Store.VisualFiles.HashOf(await scene.Here.FetchAsync(id)));
            Assert.Equal(picture.Hash, CogCommit.Core.Store.VisualFiles.HashOf(await scene.There.FetchAsync(id)));
            Assert.Equal(isHere ? "stored" : null, scene.Here.StateOf(id));
        }

        Assert.True(cuts > 10, $"{cuts} cuts");
        using var stranger = await cloud.NewUserAsync("stranger");
        var storage = stranger.Account.ConnectStorage();
        foreach (var path in ids.Select(item => scene.There.PathOf(item.Id)))
        {
            Assert.False(await storage.DownloadAsync(path, Large, Stream.Null, Cancel));
        }

        Assert.Equal(50.ToString(System.Globalization.CultureInfo.InvariantCulture), await scene.ScalarAsync("select count(*) from storage.objects where name like $1 || '/%'", scene.UserId.ToString()));
    }

    [Fact]
    public async Task A_picture_is_sent_once_and_looked_at_once()
    {
        await using var scene = await PictureScene.StartAsync(cloud);
        var talk = Talk.Of("once", "look", "nice");
        var (small, large) = (Picture.Of(1, 5000), Picture.Of(2, Part + 5000));
        var ids = new[] { scene.Here.Add(talk, small), scene.Here.Add(talk, large) };
        Assert.Equal(2, (await scene.Here.SyncAsync()).VisualsSent);
        // One request for the small one; one to begin the large one, and its two parts.
        Assert.Equal(["POST", "POST", "PATCH", "PATCH"], scene.Sent.Select(request => request.Method).OrderDescending());
        Assert.Equal([(0, Part), (Part, 5000)], scene.Parts);
        Assert.Equal(small.Content.Length + large.Content.Length, scene.Sent.Sum(request => request.Body.Length));

        scene.Proxy.Forget();
        Assert.Equal((0, 1), CostOf(await scene.Here.SyncAsync()));
        Assert.Empty(scene.Sent);

        // Another machine with the same transcript has the same pictures: it asks, and sends nothing.
        scene.There.Add(talk, small);
        scene.There.Add(talk, large);
        Assert.Equal(0, (await scene.There.SyncAsync()).VisualsSent);
        Assert.All(ids, id => Assert.Equal("stored", scene.There.StateOf(id)));

        // What is known of it is lost: it is asked, and nothing is sent.
        scene.Here.Store.Write(transaction => transaction.Execute("delete from visual_objects"));
        Assert.Equal(0, (await scene.Here.SyncAsync()).VisualsSent);
        Assert.Empty(scene.Sent);
        Assert.All(ids, id => Assert.Equal("stored", scene.Here.StateOf(id)));

        // A machine that has only the rows fetches each once.
        using var third = new PictureMachine(await cloud.SignInAsync(scene.There.Machine.UserName));
        await third.SyncAsync();
        var storage = third.Machine.Account.ConnectStorage();
        var visuals = new VisualSync(third.Store, third.Home, storage);
        var first = await visuals.FetchAsync(ids[1], Cancel);
        Assert.Equal(first, await visuals.FetchAsync(ids[1], Cancel));
        Assert.Equal((1, large.Content.Length), (storage.Requests, storage.BytesReceived));
        Assert.StartsWith(third.Home.VisualCachePath, first, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_breaks_within_a_part_goes_on_at_the_byte_where_it_broke()
    {
        await using var scene = await PictureScene.StartAsync(cloud);
        var picture = Picture.Of(4, 20 * 1024 * 1024);
        var id = scene.Here.Add(Talk.Of("cut", "look", "nice"), picture);
        var parts = 0;
        scene.Proxy.Script = request => request.Method == "PATCH" && ++parts == 2 ? Cut(2_000_000) : null;
        Assert.Equal(1, (await scene.Here.SyncAsync()).VisualsSent);
        Assert.Equal(
            [(0, Part), (Part, Part), (Part + 2_000_000, Part), ((2 * Part) + 2_000_000, Part), ((3 * Part) + 2_000_000, picture.Content.Length - (3 * Part) - 2_000_000)], scene.Parts);
        Assert.Equal(picture.Content, await scene.There.SyncAsync() is { } ? await scene.There.FetchAsync(id) : []);
    }

    [Fact]
    public async Task Progress_tells_of_bytes_and_ends_with_all_of_them()
    {
        await using var scene = await PictureScene.StartAsync(cloud);
        var talk = Talk.Of("progress", "look", "nice");
        scene.Here.Add(talk, Picture.Of(13, Part + 100));
        scene.Here.Add(talk, Picture.Of(14, 1000));
        var told = new List<SyncProgress>();
        await scene.Here.Engine.SyncAsync(new SyncOptions(), new Reports<SyncProgress>(told.Add), Cancel);
        var pictures = told.Where(step => step.Unit == "bytes").ToList();
        Assert.All(pictures, step => Assert.Equal(("Sending pictures", Part + 1100L), (step.Activity, step.Total)));
        Assert.Equal(pictures.Select(step => step.Done).Order(), pictures.Select(step => step.Done));
        Assert.Equal(Part + 1100, pictures[^1].Done);
        Assert.True(pictures.Count >= 3, $"{pictures.Count} steps");
    }

    [Fact]
    public async Task A_process_that_dies_within_a_picture_is_followed_by_one_that_goes_on()
    {
        await using var scene = await PictureScene.StartAsync(cloud);
        var picture = Picture.Of(5, 20 * 1024 * 1024);
        var id = scene.Here.Add(Talk.Of("dies", "look", "nice"), picture);
        using (var death = CancellationTokenSource.CreateLinkedTokenSource(Cancel))
        {
            var parts = 0;
            scene.Proxy.Script = request => request.Method != "PATCH" || ++parts < 3 ? null : new Fault("the process dies", false, async exchange =>
            {
                await exchange.ForwardAsync(1_000_000);
                await death.CancelAsync();
                await exchange.ClientLeavesAsync();
            });
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.Here.Engine.SyncAsync(new SyncOptions(), null, death.Token));
        }

        Assert.Equal("sending", scene.Here.StateOf(id));
        scene.Proxy.Heal();
        Assert.Equal(1, (await scene.Here.SyncAsync()).VisualsSent);
        // Nothing is begun anew, and no byte is sent that had arrived.
        Assert.DoesNotContain(scene.Sent, request => request.Method == "POST");
        Assert.Equal([((2 * Part) + 1_000_000, Part), ((3 * Part) + 1_000_000, picture.Content.Length - (3 * Part) - 1_000_000)], scene.Parts);
        await scene.There.SyncAsync();
        Assert.Equal(picture.Content, await scene.There.FetchAsync(id));
    }

    [Fact]
    public async Task One_that_died_when_all_was_sent_or_long_ago_begins_nothing_that_is_done()
    {
        await using var scene = await PictureScene.StartAsync(cloud);
        var talk = Talk.Of("done", "look", "nice");
        var (done, lost) = (scene.Here.Add(talk, Picture.Of(6, Part + 1)), scene.Here.Add(talk, Picture.Of(7, Part + 2)));
        await scene.Here.SyncAsync();
        var gone = Guid.NewGuid().ToString("N");
        scene.Here.Store.Write(transaction => VisualQueue.SetSending(transaction, done, gone));
        await cloud.RunAsync("delete from storage.objects where name = $1", scene.Here.PathOf(lost));
        scene.Here.Store.Write(transaction => VisualQueue.SetSending(transaction, lost, gone));

        scene.Proxy.Forget();
        Assert.Equal(1, (await scene.Here.SyncAsync()).VisualsSent);
        // The one that is there is asked for, and refused when it is to be begun; the other one is sent.
        Assert.Equal([(0, Part), (Part, 2)], scene.Parts);
        Assert.Equal(("stored", "stored"), (scene.Here.StateOf(done), scene.Here.StateOf(lost)));
    }

    [Fact]
    public async Task Nobody_else_fetches_one_whether_he_knows_its_path_or_not()
    {
        await using var scene = await PictureScene.StartAsync(cloud);
        var (picture, large) = (Picture.Of(8, 5000), Picture.Of(9, Part + 1));
        var talk = Talk.Of("mine", "look", "nice");
        var ids = new[] { scene.There.Add(talk, picture), scene.There.Add(talk, large) };
        await scene.There.SyncAsync();
        using var other = new PictureMachine(await cloud.NewUserAsync("stranger"));
        var storage = other.Machine.Account.ConnectStorage();
        foreach (var path in ids.Select(scene.There.PathOf))
        {
            var got = new MemoryStream();
            Assert.False(await storage.DownloadAsync(path, 100_000_000, got, Cancel));
            Assert.Equal(0, got.Length);
            Assert.Empty(await storage.RemoveAsync([path], Cancel));
            var look = await storage.LookAsync([path], Cancel);
            Assert.All(new[] { "stored", "deleted", "loose" }, list => Assert.Equal(0, look.GetProperty(list).GetArrayLength()));
        }

        // The same transcript is theirs too, with rows and paths of their own; the pictures are not there for them.
        other.Add(talk, picture);
        File.Delete(Path.Combine(other.Home.VisualsPath, picture.Hash));
        await other.SyncAsync();
        Assert.NotEqual(scene.There.PathOf(ids[0]), other.PathOf(ids[0]));
        var refused = await Assert.ThrowsAsync<CogCommitException>(() => other.FetchAsync(ids[0]));
        Assert.Equal("VisualNotUploaded", refused.ErrorId);
        Assert.Equal(picture.Content, await scene.There.FetchAsync(ids[0]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_picture_that_was_changed_in_the_cloud_is_told_and_nothing_of_it_is_kept(int longer)
    {
        await using var scene = await PictureScene.StartAsync(cloud);
        var picture = Picture.Of(10, 200_000);
        var id = scene.There.Add(Talk.Of("changed", "look", "nice"), picture);
        await scene.There.SyncAsync();
        await scene.Here.SyncAsync();
        var file = await scene.FileOfAsync(scene.There.PathOf(id));
        var changed = new byte[picture.Content.Length + longer];
        picture.Content.AsSpan(0, Math.Min(changed.Length, picture.Content.Length)).CopyTo(changed);
        changed[100_000] ^= 1;
        await File.WriteAllBytesAsync(file, changed, Cancel);
        Assert.Equal("VisualDamaged", (await Assert.ThrowsAsync<CogCommitException>(() => scene.Here.FetchAsync(id))).ErrorId);
        Assert.Equal(0, scene.Here.Cached);

        // Mended, it comes.
        await File.WriteAllBytesAsync(file, picture.Content, Cancel);
        Assert.Equal(picture.Content, await scene.Here.FetchAsync(id));
        Assert.Equal(1, scene.Here.Cached);
    }

    [Fact]
    public async Task What_is_not_there_yet_is_told_with_the_machine_that_has_it()
    {
        await using var scene = await PictureScene.StartAsync(cloud);
        var picture = Picture.Of(11, 1000);
        var id = scene.There.Add(Talk.Of("later", "look", "nice"), picture);
        // The row goes, the picture does not.
        await new SyncEngine(scene.There.Store, scene.There.Machine.Account.Connect()).SyncAsync(new SyncOptions(), null, Cancel);
        await scene.Here.SyncAsync();
        var refused = await Assert.ThrowsAsync<CogCommitException>(() => scene.Here.FetchAsync(id));
        Assert.Equal(("VisualNotUploaded", true), (refused.ErrorId, refused.Message.Contains(CogCommit.Core.Store.MachineIdentity.Of(scene.There.Store).Name, StringComparison.Ordinal)));
        Assert.Equal(0, scene.Here.Cached);
        await scene.There.SyncAsync();
        Assert.Equal(picture.Content, await scene.Here.FetchAsync(id));
        Assert.Equal("VisualNotFound", (await Assert.ThrowsAsync<CogCommitException>(() => scene.Here.FetchAsync(Guid.NewGuid().ToString()))).ErrorId);
    }

    [Theory]
    [InlineData("../../../escape")]
    [InlineData("https://elsewhere.example/x/y")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../auth/v1/user")]
    public async Task Nothing_that_the_cloud_says_names_a_file_here(string path)
    {
        await using var scene = await PictureScene.StartAsync(cloud);
        var id = scene.There.Add(Talk.Of("hostile", "look", "nice"), Picture.Of(12, 1000));
        await scene.There.SyncAsync();
        await cloud.RunAsync("update public.visuals set path = $1, mime = '../../x', seq = seq where user_id = $2", path, scene.UserId);
        await scene.Here.SyncAsync();
        Assert.Equal(path, scene.Here.PathOf(id));
        scene.Proxy.Forget();
        var refused = await Assert.ThrowsAsync<CogCommitException>(() => scene.Here.FetchAsync(id));
        Assert.Contains(refused.ErrorId, new[] { "VisualNotUploaded", "BadPicturePath" });
        Assert.All(scene.Proxy.Requests, request => Assert.StartsWith("/storage/v1/object/authenticated/visuals/", request.Target, StringComparison.Ordinal));
        Assert.Equal(0, scene.Here.Cached);
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(scene.Here.Home.Root)!, "*escape*", SearchOption.AllDirectories));
    }

    private static (int Sent, int Requests) CostOf(SyncResult result) => (result.VisualsSent, result.Requests);

    private static Fault Half { get; } = new("half of a part", true, async exchange =>
    {
        await exchange.ForwardAsync(exchange.Request.Body.Length / 2);
        exchange.Reset();
    });

    private static Fault Cut(int bytes) => new($"a part that is cut after {bytes} bytes", true, async exchange =>
    {
        await exchange.ForwardAsync(bytes);
        exchange.Reset();
    });
}
