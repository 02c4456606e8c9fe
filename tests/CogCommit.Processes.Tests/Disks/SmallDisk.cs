using System.Diagnostics;
using System.Globalization;
using CogCommit.Core.Store;

namespace CogCommit.Processes.Tests.Disks;

/// <summary>
/// A disk that can be full: a file system of a few MB in memory where the tests may mount one, else, and always where asked, a limit on
/// the size of the files that the child writes.
/// </summary>
internal sealed class SmallDisk : IDisposable
{
    private const int Bytes = 6 * 1024 * 1024;
    private const int Block = 512;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cogcommit-disk-");
    private readonly bool _mounted;
    private long _limit = -1;

    public SmallDisk(DiskKind kind)
    {
        _mounted = kind == DiskKind.Mounted;
        if (_mounted)
        {
            Run("mount", "-t", "tmpfs", "-o", $"size={Bytes}", "tmpfs", _folder.FullName);
        }

        Home = new CogCommitHome(Path.Combine(_folder.FullName, "home"));
        Directory.CreateDirectory(Path.GetDirectoryName(Home.DatabasePath)!);
    }

    /// <summary>What can be had here. Windows has neither; what the product makes of its numbers is told by FileErrors alone.</summary>
    public static TheoryData<DiskKind> Kinds => OperatingSystem.IsWindows() ? []
        : OperatingSystem.IsLinux() && Environment.UserName == "root" && CanMount() ? [DiskKind.Mounted, DiskKind.Limited]
        : [DiskKind.Limited];

    public CogCommitHome Home { get; }

    public string Folder => _folder.FullName;

    private string Filler => Path.Combine(_folder.FullName, "filler");

    /// <summary>From now on there is room for this much and no more; where files are limited, for files of that size.</summary>
    public void Fill(int left)
    {
        if (!_mounted)
        {
            _limit = left;
            return;
        }

        using var file = File.Create(Filler);
        var free = new DriveInfo(_folder.FullName).AvailableFreeSpace - left;
        file.Write(new byte[Math.Max(0, free)]);
    }

    public void MakeRoom()
    {
        _limit = -1;
        File.Delete(Filler);
    }

    /// <summary>For good.</summary>
    public void MakeReadOnly() => Run("mount", "-o", "remount,ro", _folder.FullName);

    public ChildProcess Start(params string[] command) => _limit < 0
        ? ChildProcess.Start(Home, 0, command)
        : ChildProcess.Start(
            Home,
            0,
            [
                // The runtime's own memory files are not what is limited here.
                "env", "DOTNET_EnableWriteXorExecute=0", "sh", "-c",
                string.Create(CultureInfo.InvariantCulture, $"trap '' XFSZ; ulimit -f {_limit / Block}; exec dotnet \"$0\" \"$@\""), ChildProcess.ProgramPath,
            ],
            command);

    /// <summary>The one line by which it fails, as its user reads it: the error's id and text.</summary>
    public async Task<(string Id, string Text)> FailAsync(params string[] command)
    {
        using var child = Start(command);
        var errors = await child.EndAsync();
        Assert.True(child.ExitCode == 3, $"{string.Join(' ', command)} ended with {child.ExitCode}: {string.Join('\n', child.Lines.TakeLast(3))}\n{errors}");
        var words = child.Lines.Last().Split(' ', 4);
        return (words[1], words[3]);
    }

    public void Dispose()
    {
        if (_mounted)
        {
            Run("umount", _folder.FullName);
        }

        _folder.Delete(recursive: true);
    }

    private static bool CanMount()
    {
        try
        {
            new SmallDisk(DiskKind.Mounted).Dispose();
            return true;
        }
        catch (InvalidOperationException)
        {
            // Root in a container that may not.
            return false;
        }
    }

    private static void Run(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)}: {errors}");
        }
    }
}
