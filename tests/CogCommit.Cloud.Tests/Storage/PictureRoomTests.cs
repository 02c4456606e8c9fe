using CogCommit.Cloud.Tests.Network;
using CogCommit.Cloud.Tests.Sync;
using CogCommit.Core;
using CogCommit.Core.Capture;
using CogCommit.Core.Store;
using CogCommit.Core.Sync;

namespace CogCommit.Cloud.Tests.Storage;

/// <summary>What may not go, what waits for room, and how the cloud gets rid of what was deleted.</summary>
public sealed class PictureRoomTests(LocalCloudFixture cloud)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_cloud_takes_no_pictures_of_stays_here_with_the_reason_and_is_not_tried_again()
    {
        await using var scene = await PictureScene.StartAsync(cloud);
        var talk = Talk.Of("types", "look", "nice");
        var drawing = scene.Here.Add(talk, new Picture("image/svg+xml", [.. "<svg/>"u8]));
        var unknown = scene.Here.Add(talk, new Picture("", [1, 2, 3]));
        var damaged = scene.Here.Add(talk, Picture.Of(1, 100));
        await File.WriteAllBytesAsync(scene.Here.Scalar($"select path from visuals where id = '{damaged}'")!, new byte[100], Cancel);
        var good = scene.Here.Add(talk, Picture.Of(2, 100));
        Assert.Equal(1, (await scene.Here.SyncAsync()).VisualsSent);
        Assert.All(new[] { drawing, unknown, damaged }, id => Assert.Equal("refused", scene.Here.StateOf(id)));
        Assert.Equal("the cloud takes no image/svg+xml", scene.Here.Scalar($"select reason from visual_objects where visual_id = '{drawing}'"));
        Assert.Equal("stored", scene.Here.StateOf(good));
        Assert.Single(scene.Sent);
        Assert.Equal(1, (await scene.Here.SyncAsync()).Requests);

        // Mended, and told to try again.
        await File.WriteAllBytesAsync(scene.Here.Scalar($"select path from visuals where id = '{damaged}'")!, Picture.Of(1, 100).Content, Cancel);
        Assert.Equal(1, (await scene.Here.Engine.PushAsync(new PushOptions { Retry = true }, null, Cancel)).VisualsSent);
        Assert.Equal("stored", scene.Here.StateOf(damaged));
    }

    [Fact]
    public async Task One_that_the_cloud_refuses_for_a_reason_of_its_own_stops_itself_alone()
    {
        await using var scene = await PictureScene.StartAsync(cloud);
        var talk = Talk.Of("odd", "look", "nice");
        var odd = scene.Here.Add(talk, Picture.Of(3, 300));
        var ids = new[] { scene.Here.Add(talk, Picture.Of(1, 100)), scene.Here.Add(talk, Picture.Of(2, 200)) };
        scene.Proxy.Script = request => request.Method == "POST" && request.Target.EndsWith(".webp", StringComparison.Ordinal)
            ? Fault.Json(400, """{"statusCode":"400","error":"InvalidKey","message":"Invalid key"}""") : null;
        var told = await scene.Here.SyncAsync();
        Assert.Equal((2, 1, 0), (told.VisualsSent, told.VisualsWaiting, told.Failed));
        Assert.Equal("waits", scene.Here.StateOf(odd));
        Assert.Contains("Invalid key", scene.Here.Scalar($"select reason from visual_objects where visual_id = '{odd}'"), StringComparison.Ordinal);
        Assert.All(ids, id => Assert.Equal("stored", scene.Here.StateOf(id)));
    }

    [Fact]
    public async Task A_picture_that_cannot_be_read_stops_itself_alone_and_goes_when_it_can()
    {
        await using var scene = await PictureScene.StartAsync(cloud);
        var talk = Talk.Of("unreadable", "look", "nice");
        var (bad, good) = (scene.Here.Add(talk, Picture.Of(50, 300)), scene.Here.Add(talk, Picture.Of(51, 400)));
        var file = scene.Here.Scalar($"select path from visuals where id = '{bad}'")!;
        File.Delete(file);
        File.CreateSymbolicLink(file, file);
        Assert.Equal((1, 1, 0), await SyncAsync());
        Assert.Equal(("waits", "stored"), (scene.Here.StateOf(bad), scene.Here.StateOf(good)));
        Assert.Contains("cannot be read", scene.Here.Scalar($"select reason from visual_objects where visual_id = '{bad}'"), StringComparison.Ordinal);
        Assert.Equal("VisualUnreadable", (await Assert.ThrowsAsync<CogCommitException>(() => scene.Here.FetchAsync(bad))).ErrorId);

        File.Delete(file);
        await File.WriteAllBytesAsync(file, Picture.Of(50, 300).Content, Cancel);
        scene.Here.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal((1, 0, 0), await SyncAsync());

        async Task<(int Sent, int Waiting, int Failed)> SyncAsync()
        {
            var told = await scene.Here.SyncAsync();
            return (told.VisualsSent, told.VisualsWaiting, told.Failed);
        }
    }

    [Fact]
    public async Task A_commit_whose_pictures_went_after_all_is_over_no_limit()
    {
        await using var scene = await PictureScene.StartAsync(cloud);
        var talk = Talk.Of("room again", "look", "nice");
        scene.Here.Add(talk, Picture.Of(60, 1_000));
        await scene.Here.SyncAsync();
        await LimitAsync(scene, 8_000);
        var large = scene.Here.Add(talk, Picture.Of(61, 9_000));
        Assert.Equal(1, (await scene.Here.SyncAsync()).OverLimit);
        Assert.Equal(1, SyncStatusReader.Read(scene.Here.Store, null).OverLimit);

        await LimitAsync(scene, 100_000);
        Assert.Equal(1, (await scene.Here.SyncAsync()).VisualsSent);
        Assert.Equal("stored", scene.Here.StateOf(large));
        Assert.Equal(0, SyncStatusReader.Read(scene.Here.Store, null).OverLimit);
    }

    [Fact]
    public async Task What_was_sent_before_the_line_went_is_counted()
    {
        await using var scene = await PictureScene.StartAsync(cloud);
        var talk = Talk.Of("offline", "look", "nice");
        foreach (var seed in Enumerable.Range(40, 4))
        {
            scene.Here.Add(talk, Picture.Of(seed, 300));
        }

        var posts = 0;
        scene.Proxy.Script = request => request.Target.StartsWith("/storage/", StringComparison.Ordinal) && ++posts > 2 ? Fault.ResetBefore : null;
        var told = await scene.Here.SyncAsync();
        Assert.Equal((true, 2), (told.Offline, told.VisualsSent));
        scene.Proxy.Heal();
        Assert.Equal(2, (await scene.Here.SyncAsync()).VisualsSent);
    }

    [Fact]
    public async Task Where_there_is_no_room_pictures_wait_are_counted_and_go_when_there_is()
    {
        await using var scene = await PictureScene.StartAsync(cloud);
        var old = scene.There.Add(Talk.Of("old", "look", "nice"), Picture.Of(1, 9_000));
        await scene.There.SyncAsync();
        await LimitAsync(scene, 20_000);
        // The row goes and makes room; its picture stays, for this machine deleted it and has it not.
        await scene.Here.SyncAsync();
        Deletion.Delete(scene.Here.Store, Device.CommitsOf(Talk.Of("old", "x"))[0]);
        var talk = Talk.Of("new", "look", "nice");
        var ids = new[] { scene.Here.Add(talk, Picture.Of(2, 8_000)), scene.Here.Add(talk, Picture.Of(3, 9_000)), scene.Here.Add(talk, Picture.Of(4, 2_000)) };
        var told = await scene.Here.SyncAsync();
        // In the order of their ids: what does not fit stops none that is smaller.
        Assert.Equal((3, 0, "incomplete"), (told.VisualsSent + told.VisualsWaiting, told.OverLimit, told.Status));
        Assert.True(told.VisualsWaiting >= 1, $"{told.VisualsWaiting} wait");
        using (var reader = scene.Here.Store.OpenReader())
        {
            Assert.Equal(told.VisualsWaiting, VisualQueue.Pending(reader).Count);
        }

        // Not asked again at once.
        scene.Proxy.Forget();
        var again = await scene.Here.SyncAsync();
        Assert.Equal((0, told.VisualsWaiting, 1), (again.VisualsSent, again.VisualsWaiting, again.Requests));
        // The machine that has the deleted picture hears of it, and takes it away.
        Assert.Contains(scene.There.PathOf(old), await scene.ObjectsAsync(), StringComparison.Ordinal);
        await scene.There.SyncAsync();
        Assert.DoesNotContain(scene.There.PathOf(old), await scene.ObjectsAsync(), StringComparison.Ordinal);
        scene.Here.Clock.Advance(TimeSpan.FromMinutes(15));
        again = await scene.Here.SyncAsync();
        Assert.Equal((told.VisualsWaiting, 0, "completed"), (again.VisualsSent, again.VisualsWaiting, again.Status));
        Assert.All(ids, id => Assert.Equal("stored", scene.Here.StateOf(id)));
    }

    [Fact]
    public async Task A_deleted_picture_leaves_the_cloud_and_comes_back_with_its_commit()
    {
        await using var scene = await PictureScene.StartAsync(cloud);
        var talk = Talk.Of("restored", "look", "nice");
        var picture = Picture.Of(5, 3_000);
        var id = scene.There.Add(talk, picture);
        await scene.There.SyncAsync();
        await scene.Here.SyncAsync();
        var commit = Device.CommitsOf(talk)[0];
        Deletion.Delete(scene.Here.Store, commit);
        await scene.Here.SyncAsync();
        Assert.Equal(scene.There.PathOf(id), await scene.ObjectsAsync());
        await scene.There.SyncAsync();
        Assert.Equal("", await scene.ObjectsAsync());
        Assert.Equal(1, (await scene.There.SyncAsync()).Requests);

        scene.Here.Clock.Advance(TimeSpan.FromSeconds(1));
        Curation.Restore(scene.Here.Store, commit);
        await scene.Here.SyncAsync();
        Assert.Equal("VisualNotUploaded", (await Assert.ThrowsAsync<CogCommitException>(() => scene.Here.FetchAsync(id))).ErrorId);
        Assert.Equal(1, (await scene.There.SyncAsync()).VisualsSent);
        Assert.Equal(picture.Content, await scene.Here.FetchAsync(id));
    }

    [Fact]
    public async Task A_machine_that_has_the_picture_no_more_leaves_a_deleted_one_where_it_is()
    {
        await using var scene = await PictureScene.StartAsync(cloud);
        var talk = Talk.Of("left", "look", "nice");
        var picture = Picture.Of(8, 3_000);
        var id = scene.There.Add(talk, picture);
        await scene.There.SyncAsync();
        await scene.Here.SyncAsync();
        File.Delete(Path.Combine(scene.There.Home.VisualsPath, picture.Hash));
        var commit = Device.CommitsOf(talk)[0];
        Deletion.Delete(scene.Here.Store, commit);
        await scene.Here.SyncAsync();
        await scene.There.SyncAsync();
        scene.Here.Clock.Advance(TimeSpan.FromSeconds(1));
        Curation.Restore(scene.Here.Store, commit);
        await scene.Here.SyncAsync();
        Assert.Equal(picture.Content, await scene.Here.FetchAsync(id));
    }

    [Fact]
    public async Task A_purged_picture_is_taken_away_by_whichever_machine_speaks_of_pictures_next()
    {
        await using var scene = await PictureScene.StartAsync(cloud);
        var talk = Talk.Of("purged", "look", "nice");
        scene.There.Add(talk, Picture.Of(6, 3_000));
        await scene.There.SyncAsync();
        await scene.Here.SyncAsync();
        Deletion.Delete(scene.Here.Store, Device.CommitsOf(talk)[0]);
        await scene.Here.SyncAsync();
        await cloud.RunAsync("update public.cognitive_commits set deleted_at = now() - interval '31 days', purge_after = null where user_id = $1 and deleted_at is not null", scene.UserId);
        // The push that purges.
        var next = scene.Here.Add(Talk.Of("next", "look", "nice"), Picture.Of(7, 3_000));
        await scene.Here.SyncAsync();
        Assert.Equal(scene.Here.PathOf(next), await scene.ObjectsAsync());
    }

    [Fact]
    public async Task A_picture_of_which_a_restored_cloud_lost_the_row_waits_for_it()
    {
        await using var scene = await PictureScene.StartAsync(cloud);
        scene.There.Add(Talk.Of("before the backup", "look", "nice"), Picture.Of(70, 3_000));
        await scene.There.SyncAsync();
        var picture = Picture.Of(71, 3_000);
        var id = scene.There.Add(Talk.Of("after the backup", "look", "nice"), picture);
        await scene.There.SyncAsync();
        var path = scene.There.PathOf(id);
        // It lies in the cloud alone.
        File.Delete(Path.Combine(scene.There.Home.VisualsPath, picture.Hash));
        await CloudRestore.RunAsync(cloud.RunAsync, scene.UserId, seq: 1);

        scene.Here.Add(Talk.Of("meanwhile", "look", "nice"), Picture.Of(72, 3_000));
        Assert.Equal(1, (await scene.Here.SyncAsync()).VisualsSent);
        Assert.Contains(path, await scene.ObjectsAsync(), StringComparison.Ordinal);
        await scene.There.SyncAsync();
        await scene.Here.SyncAsync();
        Assert.Equal(picture.Content, await scene.Here.FetchAsync(id));
    }

    [Fact]
    public async Task A_wipe_takes_the_pictures_and_one_that_died_within_it_is_finished_by_the_next()
    {
        await using var scene = await PictureScene.StartAsync(cloud);
        var talk = Talk.Of("wiped", "look", "nice");
        var ids = Enumerable.Range(20, 5).Select(seed => scene.Here.Add(talk, Picture.Of(seed, 3_000))).ToList();
        using var other = new PictureMachine(await cloud.NewUserAsync("neighbour"));
        var kept = other.Add(talk, Picture.Of(20, 3_000));
        await other.SyncAsync();
        await scene.Here.SyncAsync();
        await scene.There.SyncAsync();

        // The rows are gone, and then the line.
        scene.Proxy.Script = request => request.Method == "DELETE" ? Fault.ResetBefore : null;
        await Assert.ThrowsAsync<CogCommit.Core.Cloud.CloudUnreachableException>(() => scene.Here.Engine.WipeAsync(Cancel));
        Assert.Equal(5, (await scene.ObjectsAsync()).Split(',').Length);
        Assert.Equal("0", await scene.ScalarAsync("select count(*) from public.visuals where user_id = $1", scene.UserId));
        // Nobody adds one now: neither who does not know of the wipe, nor who goes on with what was begun.
        Assert.Equal("CloudWiped", (await Assert.ThrowsAsync<CogCommitException>(() => scene.Here.SyncAsync())).ErrorId);
        scene.Here.Store.Write(transaction => transaction.Execute("delete from visual_objects"));
        await cloud.RunAsync("delete from storage.objects where name = $1", scene.Here.PathOf(ids[0]));
        scene.Proxy.Heal();
        Assert.Equal((0, 1), await UploadedAsync(scene.Here));
        Assert.Equal("", await scene.ObjectsAsync());

        // Once more, from the other machine: there is nothing left to do, and nobody else's is touched.
        await scene.There.Engine.WipeAsync(Cancel);
        using var third = new PictureMachine(await cloud.SignInAsync(other.Machine.UserName));
        await third.SyncAsync();
        Assert.Equal(Picture.Of(20, 3_000).Content, await third.FetchAsync(kept));

        // Uploaded again by its user's wish, the pictures go too.
        var again = await scene.Here.Engine.PushAsync(new PushOptions { Force = true }, null, Cancel);
        Assert.Equal(5, again.VisualsSent);
    }

    [Fact]
    public async Task An_account_takes_its_pictures_along_and_is_not_deleted_before_they_are_gone()
    {
        await using var scene = await PictureScene.StartAsync(cloud);
        var talk = Talk.Of("account", "look", "nice");
        foreach (var seed in Enumerable.Range(30, 3))
        {
            scene.Here.Add(talk, Picture.Of(seed, 3_000));
        }

        await scene.Here.SyncAsync();
        scene.Proxy.Script = request => request.Method == "DELETE" ? Fault.ResetBefore : null;
        await Assert.ThrowsAsync<CogCommit.Core.Cloud.CloudUnreachableException>(() => scene.Here.Machine.Account.DeleteAsync(Cancel));
        Assert.Equal("1", await scene.ScalarAsync("select count(*) from auth.users where id = $1", scene.UserId));
        Assert.NotNull(scene.Here.Machine.Account.Current);

        scene.Proxy.Heal();
        await scene.Here.Machine.Account.DeleteAsync(Cancel);
        Assert.Equal("0", await scene.ScalarAsync("select count(*) from auth.users where id = $1", scene.UserId));
        Assert.Equal("", await scene.ObjectsAsync());
    }

    private static async Task<(int Sent, int Waiting)> UploadedAsync(PictureMachine machine)
    {
        var uploads = await machine.Visuals.UploadAsync(null, Cancel);
        return (uploads.Sent, uploads.Waiting > 0 ? 1 : 0);
    }

    private Task LimitAsync(PictureScene scene, int bytes) => cloud.RunAsync("update public.user_quotas set storage_limit_bytes = $1 where user_id = $2", (long)bytes, scene.UserId);
}
