using CogCommit.Core.Daemon;
using CogCommit.Core.Tests.Store;
using Microsoft.Extensions.Time.Testing;

namespace CogCommit.Core.Tests.Daemon;

/// <summary>A line for each thing that happened, in files that never become too many or too large.</summary>
public sealed class DaemonLogTests : IDisposable
{
    private readonly TempHome _temp = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 4, 1, 12, 0, 0, TimeSpan.FromHours(2)));
    private readonly string _path;

    public DaemonLogTests() => _path = Path.Combine(_temp.Folder, "logs", "daemon.log");

    [Fact]
    public void A_line_has_the_time_in_UTC_a_kind_and_a_message()
    {
        var log = new DaemonLog(_path, _clock);

        log.Write("Pushed", "3 commits");
        log.Write(new WatchEvent { Kind = WatchEventKind.Error, Time = new DateTimeOffset(2026, 4, 1, 13, 0, 0, 7, TimeSpan.FromHours(2)), Message = "no", ErrorId = "StoreLocked" });

        Assert.Equal(
            ["2026-04-01T10:00:00.000Z Pushed          3 commits", "2026-04-01T11:00:00.007Z Error           no (StoreLocked)"],
            File.ReadAllLines(_path));
    }

    [Theory]
    [InlineData("a\r\nb\u2028c\u0007d", "a  b c d")]
    [InlineData("Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_def was refused", "Bearer (token) was refused")]
    [InlineData("Zürich", "Zürich")]
    public void A_message_is_one_line_and_tells_no_token(string message, string line)
    {
        new DaemonLog(_path, _clock).Write("Error", message);
        Assert.EndsWith($" {line}", Assert.Single(File.ReadAllLines(_path)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_without_end_is_cut()
    {
        new DaemonLog(_path, _clock).Write("Error", new string('x', 100_000));
        Assert.InRange(new FileInfo(_path).Length, 4000, 4200);
    }

    [Fact]
    public void It_rotates_before_it_is_too_large_and_keeps_a_few()
    {
        var log = new DaemonLog(_path, _clock, limit: 1000, kept: 3);
        for (var i = 0; i < 200; i++)
        {
            log.Write("Captured", $"number {i:000}");
        }

        var files = Directory.GetFiles(Path.GetDirectoryName(_path)!);
        Assert.Equal(["daemon.1.log", "daemon.2.log", "daemon.log"], files.Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.InRange(new FileInfo(file).Length, 1, 1000));

        // All lines are there but the oldest, in order over the files.
        var last = log.Last(1000);
        Assert.InRange(last.Count, 40, 60);
        Assert.Equal(Enumerable.Range(200 - last.Count, last.Count).Select(i => $"number {i:000}"), last.Select(line => line[^10..]));
        Assert.Equal(last.TakeLast(2), log.Last(2));
        Assert.Equal(last.TakeLast(30), log.Last(30));
    }

    [Theory]
    [InlineData(1000, false)]
    [InlineData(999, true)]
    public void A_file_is_as_large_as_it_may_be_and_no_larger(int limit, bool rotates)
    {
        var log = new DaemonLog(_path, _clock, limit);
        log.Write("Captured", new string('a', 458));
        Assert.Equal(500, new FileInfo(_path).Length);
        log.Write("Captured", new string('b', 458));
        Assert.Equal(rotates, File.Exists(Path.ChangeExtension(_path, ".1.log")));
    }

    [Fact]
    public void A_full_disk_stops_nothing_and_what_was_lost_is_counted()
    {
        var full = false;
        var log = new DaemonLog(_path, _clock, open: file => full
            ? throw new IOException("No space left on device", OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28)
            : new FileStream(file, FileMode.OpenOrCreate));
        log.Write("Captured", "before");
        full = true;
        log.Write("Captured", "lost");
        log.Write("Captured", "lost too");
        full = false;
        log.Write("Captured", "after");

        Assert.Equal(
            ["Captured        before", "Error           2 lines before this one could not be written.", "Captured        after"],
            File.ReadAllLines(_path).Select(line => line[25..]));
    }

    [Fact]
    public void Others_read_follow_and_move_it_while_it_is_written()
    {
        var log = new DaemonLog(_path, _clock);
        log.Write("Captured", "one");
        using var follower = new StreamReader(new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        Assert.EndsWith("one", follower.ReadLine(), StringComparison.Ordinal);
        log.Write("Captured", "two");
        Assert.EndsWith("two", follower.ReadLine(), StringComparison.Ordinal);

        File.Delete(_path);
        log.Write("Captured", "three");
        Assert.EndsWith("three", Assert.Single(log.Last(10)), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_its_owner_reads_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There the folder's rights hold.");
        new DaemonLog(_path, _clock).Write("Captured", "one");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(_path).UnixFileMode);
    }

    [Fact]
    public void Where_there_is_none_there_are_no_lines() => Assert.Empty(new DaemonLog(_path, _clock).Last(5));

    public void Dispose() => _temp.Dispose();
}
