using CogCommit.Cloud.Tests;
using CogCommit.Core.Cloud.Auth;
using CogCommit.Core.Export;
using CogCommit.Core.Store;
using CogCommit.Core.Tests.Capture.Import;
using CogCommit.Core.Tests.Store.Original;
using CogCommit.Processes.Child.Works;
using CogCommit.Processes.Tests.Kills;

namespace CogCommit.Processes.Tests.Disks;

/// <summary>The disk is full: it is said, nothing is damaged, and with room again the next run completes.</summary>
public sealed class FullDiskTests(LocalCloudFixture cloud)
{
    private const int Nothing = 0;

    public static TheoryData<DiskKind> Kinds => SmallDisk.Kinds;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Kinds))]
    public async Task An_import_keeps_what_was_stored_and_goes_on_there(DiskKind kind)
    {
        using var disk = new SmallDisk(kind);
        using var transcripts = new TranscriptFolder();
        Transcripts.Write(transcripts.Root, 1, 60);
        await ChildProcess.RunAsync(disk.Home, "open");
        disk.Fill(500_000);
        AssertFull(await disk.FailAsync("take", transcripts.Root, "piecemeal"), "store", "kept");
        using (var left = new StoreCopy(disk.Home).AssertWhole())
        {
            Assert.InRange(int.Parse(left.Text("select count(*) from turns"), null), 1, 10_000);
        }

        disk.MakeRoom();
        await ChildProcess.RunAsync(disk.Home, "take", transcripts.Root);
        using var undisturbed = new CapturedStore();
        undisturbed.Import(transcripts.Root);
        using var store = StoreFile.Open(disk.Home);
        Assert.Equal(undisturbed.Rows(), new CapturedStore(store).Rows());
        new StoreCopy(disk.Home).AssertWhole().AssertIndexed().Dispose();
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Kinds))]
    public async Task A_new_store_is_made_when_there_is_room(DiskKind kind)
    {
        using var disk = new SmallDisk(kind);
        disk.Fill(40_000);
        AssertFull(await disk.FailAsync("open"), "store", "kept");
        disk.MakeRoom();
        await ChildProcess.RunAsync(disk.Home, "open");
        new StoreCopy(disk.Home).AssertWhole().Dispose();
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Kinds))]
    public async Task A_pull_keeps_what_came_and_goes_on_there(DiskKind kind)
    {
        using var template = new Template(11, 40);
        using var source = await cloud.NewUserAsync("full");
        template.CopyTo(source.Home);
        using var there = new SyncedStore(source);
        await there.PushAsync(20);
        using var machine = await cloud.SignInAsync(source.UserName);
        using var disk = new SmallDisk(kind);
        File.Copy(machine.Home.AuthPath, disk.Home.AuthPath);
        await ChildProcess.RunAsync(disk.Home, "open");
        disk.Fill(420_000);
        AssertFull(await disk.FailAsync("pull"), "store", "kept");
        new StoreCopy(disk.Home).AssertWhole().Dispose();

        disk.MakeRoom();
        await ChildProcess.RunAsync(disk.Home, "pull");
        Directory.CreateDirectory(Path.GetDirectoryName(machine.Home.DatabasePath)!);
        File.Copy(disk.Home.DatabasePath, machine.Home.DatabasePath);
        using var here = new SyncedStore(machine);
        Assert.Equal(there.Rows(), here.Rows());
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Kinds))]
    public async Task An_export_leaves_the_file_from_before_and_nothing_else(DiskKind kind)
    {
        using var template = new Template(12, 100);
        using var disk = new SmallDisk(kind);
        template.CopyTo(disk.Home);
        var path = Path.Combine(disk.Folder, "out.json");
        await File.WriteAllTextAsync(path, "from before", Cancel);
        disk.Fill(40_000);
        AssertFull(await disk.FailAsync("export", path, "Json"), "out.json", "there still");
        Assert.Equal("from before", await File.ReadAllTextAsync(path, Cancel));
        Assert.Empty(Directory.GetFiles(disk.Folder, ".*"));

        disk.MakeRoom();
        await ChildProcess.RunAsync(disk.Home, "export", path, "Json");
        Assert.EndsWith("]}\n", await File.ReadAllTextAsync(path, Cancel), StringComparison.Ordinal);
        Assert.True(new FileInfo(path).Length > 2 * ExportStream.BlockBytes, "It is too short to be written in blocks.");
    }

    /// <summary>No room for the backup, and then room for the backup but not for the upgrade.</summary>
    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Kinds))]
    public async Task An_upgrade_leaves_the_original(DiskKind kind)
    {
        const string Rows = OriginalDatabase.SomeRows + """
            with recursive n (i) as (select 1 union all select i + 1 from n where i < 400)
            insert into turns (id, session_id, role, content, timestamp) select 'm' || i, 's1', 'user', hex(randomblob(600)) || ' word' || i, '2026-02-11T21:00:00Z' from n;
            """;
        using var disk = new SmallDisk(kind);
        OriginalDatabase.Create(disk.Home, 6, Rows);
        using var before = new StoreCopy(disk.Home);
        var size = (int)new FileInfo(disk.Home.DatabasePath).Length;
        foreach (var left in new[] { size / 2, size + (size / 4) })
        {
            disk.Fill(left);
            AssertFull(await disk.FailAsync("open"), "store", "kept");
            using var after = new StoreCopy(disk.Home).AssertWhole();
            Assert.Equal(before.Everything(), after.Everything());
            Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(disk.Home.DatabasePath)!, "*.partial*"));
            disk.MakeRoom();
        }

        await ChildProcess.RunAsync(disk.Home, "open");
        using var upgraded = new StoreCopy(disk.Home).AssertWhole();
        Assert.Equal("405", upgraded.Text("select count(*) from turns"));
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Kinds))]
    public async Task Settings_stay_as_they_were(DiskKind kind)
    {
        using var disk = new SmallDisk(kind);
        await ChildProcess.RunAsync(disk.Home, "set", "exclude-projects", "before");
        var before = await File.ReadAllTextAsync(disk.Home.ConfigPath, Cancel);
        disk.Fill(Nothing);
        AssertFull(await disk.FailAsync("set", "exclude-projects", "behind"), "config.json", "as they were");
        Assert.Equal(before, await File.ReadAllTextAsync(disk.Home.ConfigPath, Cancel));
        Assert.False(File.Exists(disk.Home.ConfigPath + ".new"));
        disk.MakeRoom();
        await ChildProcess.RunAsync(disk.Home, "set", "exclude-projects", "behind");
        Assert.Contains("behind", await File.ReadAllTextAsync(disk.Home.ConfigPath, Cancel), StringComparison.Ordinal);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Kinds))]
    public async Task A_sign_in_that_finds_no_room_leaves_the_one_from_before(DiskKind kind)
    {
        using var disk = new SmallDisk(kind);
        await ChildProcess.RunAsync(disk.Home, "keep");
        disk.Fill(Nothing);
        AssertFull(await disk.FailAsync("keep"), "auth.json", "as it was");
        Assert.Equal(KeepWork.Session(0), new AuthFile(disk.Home, TimeProvider.System).Read());
        Assert.Equal(["auth.json", "auth.json.lock"], Directory.GetFiles(disk.Home.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        disk.MakeRoom();
        await ChildProcess.RunAsync(disk.Home, "keep");
        Assert.Equal(KeepWork.Session(1), new AuthFile(disk.Home, TimeProvider.System).Read());
    }

    /// <summary>The cloud gives new tokens once, for the old ones: it must not be asked when there is no room to keep them.</summary>
    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Kinds))]
    public async Task Tokens_are_not_renewed_while_there_is_no_room_for_them(DiskKind kind)
    {
        using var machine = await cloud.NewUserAsync("full");
        using var disk = new SmallDisk(kind);
        await ChildProcess.RunAsync(disk.Home, "open");
        var file = new AuthFile(disk.Home, TimeProvider.System);
        var session = new AuthFile(machine.Home, TimeProvider.System).Read()! with { ExpiresAt = DateTimeOffset.UtcNow };
        await file.WriteAsync(session, Cancel);
        disk.Fill(Nothing);
        using (var child = disk.Start("ask"))
        {
            await child.EndAsync();
            Assert.Equal(3, child.ExitCode);
            Assert.StartsWith("failed DiskFull", child.Lines.Last(), StringComparison.Ordinal);
            Assert.DoesNotContain(child.Lines, line => line.Contains("/token", StringComparison.Ordinal));
        }

        disk.MakeRoom();
        Assert.Contains(await ChildProcess.RunAsync(disk.Home, "ask"), line => line.Contains("/token", StringComparison.Ordinal));
        Assert.False(session.SameSignIn(file.Read()));
    }

    private static void AssertFull((string Id, string Text) error, string what, string kept)
    {
        // A limit on a file's size is to SQLite an error of the disk like any other.
        if (what == "store" && error.Id == "StoreInputOutput")
        {
            Assert.Matches("What was stored before is kept. Look whether the disk is there and has room, then try again.$", error.Text);
            return;
        }

        Assert.Equal("DiskFull", error.Id);
        Assert.Contains(what, error.Text, StringComparison.Ordinal);
        Assert.Contains(kept, error.Text, StringComparison.Ordinal);
        Assert.EndsWith("Make room and try again.", error.Text, StringComparison.Ordinal);
    }
}
