using CogCommit.Core.Tests.Store;
using CogCommit.Core.Tests.Store.Original;
using CogCommit.Processes.Tests.Kills;

namespace CogCommit.Processes.Tests.Disks;

/// <summary>A store that may not be written: reading goes on, writing says why it does not. Root may write everything, so the child is somebody else.</summary>
public sealed class ReadOnlyStoreTests : IDisposable
{
    private const int Somebody = 65534;

    private readonly TempHome _home = new();
    private readonly Template _template = new(21, 6);

    public void Dispose()
    {
        _home.Dispose();
        _template.Dispose();
    }

    /// <param name="file">Rights of the database.</param>
    /// <param name="folder">Rights of its folder.</param>
    /// <param name="killed">The store's last writer was killed: what it wrote lies beside the database.</param>
    [Theory]
    [InlineData("444", "755", false)]
    [InlineData("600", "555", false)]
    [InlineData("444", "555", false)]
    [InlineData("444", "755", true)]
    [InlineData("444", "555", true)]
    public async Task It_is_read_and_a_write_says_that_it_may_not(string file, string folder, bool killed)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        _template.CopyTo(_home.Home);
        if (killed)
        {
            // Standing still behind its first edit, which is in the -wal file alone then.
            using var child = ChildProcess.Start(_home.Home, 2, "shell", "me", "5");
            while (child.Lines.Count < 2)
            {
                await child.ReadAsync();
            }

            child.Kill();
            await child.EndAsync();
            Assert.True(new FileInfo(_home.Home.DatabasePath + "-wal").Length > 0);
        }

        var expected = killed ? "1" : "0";
        using var before = new StoreCopy(_home.Home);
        Assert.Equal(expected, before.Text("select count(*) from cognitive_commits where title_set"));
        Own(file, folder);
        using (var read = Start("read", "me"))
        {
            var errors = await read.EndAsync();
            Assert.True(read.ExitCode == 0, $"{string.Join('\n', read.Lines)}\n{errors}");
            Assert.Equal($"done read {before.Text("select count(*) from cognitive_commits")} {before.Text("select count(*) from turns")} {expected}", read.Lines.Last());
        }

        using (var write = Start("shell", "me", "1"))
        {
            await write.EndAsync();
            Assert.Equal(3, write.ExitCode);
            Assert.Matches("^failed StoreReadOnly ReadOnly .*Nothing was changed.*COGCOMMIT_HOME", write.Lines.Last());
        }

        Own("600", "755");
        using var after = new StoreCopy(_home.Home).AssertWhole();
        Assert.Equal(before.Everything(), after.Everything());
        await ChildProcess.RunAsync(_home.Home, "shell", "me", "1");
    }

    [Fact]
    public async Task One_of_the_original_says_that_it_cannot_be_upgraded_and_stays()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        OriginalDatabase.Create(_home.Home, 6);
        using var before = new StoreCopy(_home.Home);
        foreach (var (file, folder) in new[] { ("444", "755"), ("600", "555"), ("444", "555") })
        {
            Own(file, folder);
            using var child = Start("open");
            await child.EndAsync();
            Assert.Equal(3, child.ExitCode);
            Assert.Matches("^failed StoreReadOnly ReadOnly .*Nothing was changed", child.Lines.Last());
            Own("600", "755");
            using var after = new StoreCopy(_home.Home).AssertWhole();
            Assert.Equal(before.Everything(), after.Everything());
        }
    }

    [Fact]
    public async Task Where_no_file_may_be_made_nobody_waits_for_a_lock_that_nobody_holds()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        Directory.CreateDirectory(Path.GetDirectoryName(_home.Home.DatabasePath)!);
        Directory.CreateDirectory(_home.Home.Root);
        Own(null, "555");
        foreach (var (command, id) in new (string[], string)[]
        {
            (["open"], "StoreReadOnly"), (["set", "exclude-projects", "x"], "ConfigNotWritable"), (["keep"], "SignInNotWritable"),
        })
        {
            using var child = Start(command);
            await child.EndAsync();
            Assert.Equal(3, child.ExitCode);
            Assert.StartsWith($"failed {id} ReadOnly", child.Lines.Last(), StringComparison.Ordinal);
        }

        Own(null, "755");
    }

    /// <summary>A mount that is read-only says so by another number than a folder that is.</summary>
    [Fact]
    public async Task On_a_read_only_mount_it_is_read_too()
    {
        Assert.SkipUnless(SmallDisk.Kinds.Any(kind => kind.Data == DiskKind.Mounted), "Only root may mount.");
        using var disk = new SmallDisk(DiskKind.Mounted);
        _template.CopyTo(disk.Home);
        disk.MakeReadOnly();
        Assert.Matches("^done read [1-9]", (await ChildProcess.RunAsync(disk.Home, "read", "prompt")).Last());
        foreach (var (command, id) in new (string[], string)[]
        {
            (["shell", "me", "1"], "StoreReadOnly"), (["set", "exclude-projects", "x"], "ConfigNotWritable"), (["keep"], "SignInNotWritable"),
            (["export", Path.Combine(disk.Folder, "out.json"), "Json"], "ExportNotWritable"),
        })
        {
            Assert.Equal(id, (await disk.FailAsync(command)).Id);
        }
    }

    private void Own(string? file, string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var store = Path.GetDirectoryName(_home.Home.DatabasePath)!;
        var asRoot = Environment.UserName == "root";
        foreach (var path in new[] { _home.Folder, _home.Home.Root, store }.Concat(Directory.GetFiles(store)))
        {
            if (asRoot)
            {
                System.Diagnostics.Process.Start("chown", [$"{Somebody}", path]).WaitForExit();
            }
        }

        File.SetUnixFileMode(store, Mode(folder));
        File.SetUnixFileMode(_home.Home.Root, Mode(file is null ? folder : "755"));
        foreach (var path in Directory.GetFiles(store, "data.db*").Where(_ => file is not null))
        {
            File.SetUnixFileMode(path, Mode(file!));
        }
    }

    private ChildProcess Start(params string[] command) => Environment.UserName == "root"
        ? ChildProcess.Start(_home.Home, 0, ["setpriv", $"--reuid={Somebody}", $"--regid={Somebody}", "--clear-groups", "dotnet", ChildProcess.ProgramPath], command)
        : ChildProcess.Start(_home.Home, 0, command);

    private static UnixFileMode Mode(string octal) => (UnixFileMode)Convert.ToInt32(octal, 8);
}
