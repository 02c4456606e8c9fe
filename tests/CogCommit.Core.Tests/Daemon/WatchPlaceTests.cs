using System.Diagnostics;
using CogCommit.Core.Daemon;
using CogCommit.Core.Tests.Store;
using CogCommit.Core.Watch;
using Microsoft.Extensions.Time.Testing;

namespace CogCommit.Core.Tests.Daemon;

/// <summary>One watcher per home: who it is, how it is asked to stop, and what is left when it has.</summary>
public sealed class WatchPlaceTests : IDisposable
{
    private readonly TempHome _temp = new();
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly DaemonPaths _paths;

    public WatchPlaceTests() => _paths = new DaemonPaths(_temp.Home);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(WatchMode.Daemon, "The daemon, process")]
    [InlineData(WatchMode.Foreground, "A Watch-CogCommit, process")]
    public async Task A_second_one_is_told_who_was_first(WatchMode mode, string who)
    {
        await using var first = await Watching.StartAsync(_temp.Home, mode, _clock, Cancel);

        var refused = await Assert.ThrowsAsync<CogCommitException>(() => new WatchPlace(_temp.Home, _clock).RunAsync(
            WatchMode.Daemon, (_, _, _) => throw new InvalidOperationException("It works."), null, Cancel));

        Assert.Equal(("AlreadyWatching", ErrorKind.Conflict), (refused.ErrorId, refused.Kind));
        Assert.Contains($"{who} {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Stop-CogCommitDaemon", refused.Message, StringComparison.Ordinal);
        Assert.True(DaemonStatusReader.Read(_temp.Home).IsRunning);
    }

    [Fact]
    public async Task Everybody_sees_who_watches_and_how_that_stands()
    {
        await using var watching = await Watching.StartAsync(_temp.Home, WatchMode.Daemon, _clock, Cancel);
        var since = _clock.GetUtcNow();
        watching.Say(new WatchStatus { Connection = ConnectionState.Offline, FailingSince = since, Failures = 3, NextTry = since.AddMinutes(1), Reason = "no route", LastSync = since.AddHours(-1) });

        var status = DaemonStatusReader.Read(_temp.Home, isRegistered: true);

        Assert.Equal((true, Environment.ProcessId, "Daemon", "Offline", 3, "no route", true), (status.IsRunning, status.ProcessId, status.Mode, status.Connection, status.Failures, status.Reason, status.IsRegistered));
        Assert.Equal((since, since.AddMinutes(1), since.AddHours(-1), since), (status.FailingSince, status.NextTry, status.LastSync, status.StartedAt));
        Assert.Equal((ModuleVersion.Current, _paths.Log), (status.Version, status.LogPath));
    }

    [Fact]
    public async Task The_same_status_again_writes_nothing()
    {
        await using var watching = await Watching.StartAsync(_temp.Home, WatchMode.Daemon, _clock, Cancel);
        watching.Say(new WatchStatus { Connection = ConnectionState.Listening });
        File.Delete(_paths.State);

        watching.Say(new WatchStatus { Connection = ConnectionState.Listening });
        Assert.False(File.Exists(_paths.State));
        watching.Say(new WatchStatus { Connection = ConnectionState.Polling });
        Assert.Equal("Polling", DaemonStatusReader.Read(_temp.Home).Connection);
    }

    [Theory]
    [InlineData(WatchMode.Daemon)]
    [InlineData(WatchMode.Foreground)]
    public async Task Asked_to_stop_it_ends_well_and_leaves_nothing_but_the_lock_file(WatchMode mode)
    {
        await using var watching = await Watching.StartAsync(_temp.Home, mode, _clock, Cancel);

        var stopped = await new DaemonStop(_temp.Home).RunAsync(TimeSpan.FromMinutes(1), Cancel);
        await watching.Ended;

        Assert.Equal(new DaemonStopped(Environment.ProcessId, Killed: false), stopped);
        Assert.False(DaemonStatusReader.Read(_temp.Home).IsRunning);
        Assert.Equal(["daemon.lock"], Directory.EnumerateFileSystemEntries(_temp.Home.Root).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public void Where_the_file_system_tells_nothing_the_poll_sees_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There a folder that is watched keeps its place.");
        Directory.CreateDirectory(_temp.Home.Root);
        var request = new StopRequest(_paths.Stop);
        var asked = 0;
        using var heeding = request.Heed("me", () => Interlocked.Increment(ref asked), _clock);

        // The notifications are of a folder that lies elsewhere by now.
        Directory.Move(_temp.Home.Root, _temp.Home.Root + "-away");
        Directory.CreateDirectory(_temp.Home.Root);
        request.Ask("me");
        Assert.Equal(0, asked);
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.True(asked > 0);
    }

    [Fact]
    public async Task A_wish_that_was_meant_for_an_earlier_one_stops_nobody()
    {
        Directory.CreateDirectory(_temp.Home.Root);
        new StopRequest(_paths.Stop).Ask("an earlier one");

        await using var watching = await Watching.StartAsync(_temp.Home, WatchMode.Daemon, _clock, Cancel);
        _clock.Advance(TimeSpan.FromMinutes(1));
        watching.Say(new WatchStatus { Connection = ConnectionState.Polling });

        Assert.False(watching.Ended.IsCompleted);
        Assert.Equal("Polling", DaemonStatusReader.Read(_temp.Home).Connection);
    }

    [Fact]
    public async Task A_free_lock_means_nobody_whatever_the_file_says()
    {
        Directory.CreateDirectory(_temp.Home.Root);
        await File.WriteAllTextAsync(_paths.Lock, "", Cancel);
        new DaemonFile(_paths.State).Write(Record(Environment.ProcessId));

        Assert.False(DaemonStatusReader.Read(_temp.Home).IsRunning);
        Assert.Null(await new DaemonStop(_temp.Home).RunAsync(TimeSpan.FromSeconds(1), Cancel));
        await using var watching = await Watching.StartAsync(_temp.Home, WatchMode.Daemon, _clock, Cancel);
        Assert.True(DaemonStatusReader.Read(_temp.Home).IsRunning);
    }

    [Fact]
    public void A_record_of_a_process_that_is_no_more_describes_nobody_who_holds_the_lock()
    {
        Directory.CreateDirectory(_temp.Home.Root);
        using var held = WatchLock.Take(_paths.Lock);
        new DaemonFile(_paths.State).Write(Record(Environment.ProcessId) with { Started = DateTimeOffset.UtcNow.AddDays(-400) });

        var status = DaemonStatusReader.Read(_temp.Home);

        // This process began long after that: the number was another's then.
        Assert.Equal((true, (int?)null), (status.IsRunning, status.ProcessId));
    }

    [Fact]
    public async Task One_who_has_another_s_number_by_now_is_never_ended()
    {
        Directory.CreateDirectory(_temp.Home.Root);
        using var held = WatchLock.Take(_paths.Lock);
        using var bystander = Process.Start(new ProcessStartInfo("sleep", "600"))!;
        try
        {
            new DaemonFile(_paths.State).Write(Record(bystander.Id) with { Started = DateTimeOffset.UtcNow.AddDays(-1) });

            var error = await Assert.ThrowsAsync<CogCommitException>(() => new DaemonStop(_temp.Home).RunAsync(TimeSpan.FromMilliseconds(200), Cancel));

            Assert.Equal("DaemonNotStopped", error.ErrorId);
            Assert.False(bystander.HasExited);
        }
        finally
        {
            bystander.Kill();
        }
    }

    [Fact]
    public async Task Somebody_s_session_is_asked_but_never_ended()
    {
        Directory.CreateDirectory(_temp.Home.Root);
        using var held = WatchLock.Take(_paths.Lock);
        using var session = Process.Start(new ProcessStartInfo("sleep", "600"))!;
        try
        {
            new DaemonFile(_paths.State).Write(Record(session.Id) with { Started = DateTimeOffset.UtcNow, Mode = WatchMode.Foreground });

            var error = await Assert.ThrowsAsync<CogCommitException>(() => new DaemonStop(_temp.Home).RunAsync(TimeSpan.FromMilliseconds(200), Cancel));

            Assert.Contains("Press Ctrl+C there", error.Message, StringComparison.Ordinal);
            Assert.False(session.HasExited);
            Assert.True(new StopRequest(_paths.Stop).Asks("x"));
        }
        finally
        {
            session.Kill();
        }
    }

    [Fact]
    public async Task Cancelled_it_throws_what_the_work_throws_and_lets_go()
    {
        using var cancel = new CancellationTokenSource();
        await using var watching = await Watching.StartAsync(_temp.Home, WatchMode.Foreground, _clock, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching.Ended);
        Assert.False(DaemonStatusReader.Read(_temp.Home).IsRunning);
    }

    [Fact]
    public async Task Work_that_fails_is_logged_with_its_reason_and_the_place_is_free()
    {
        var failed = await Assert.ThrowsAsync<CogCommitException>(() => new WatchPlace(_temp.Home, _clock).RunAsync(
            WatchMode.Daemon, (_, _, _) => throw new CogCommitException("StoreNewer", "A newer version wrote it.", ErrorKind.Newer), null, Cancel));

        Assert.Equal("StoreNewer", failed.ErrorId);
        Assert.EndsWith("Error           StoreNewer: A newer version wrote it.", Assert.Single(DaemonStatusReader.Log(_temp.Home, 10)), StringComparison.Ordinal);
        Assert.False(DaemonStatusReader.Read(_temp.Home).IsRunning);
    }

    [Fact]
    public async Task A_daemon_says_it_to_the_log_and_a_session_only_to_who_asked()
    {
        List<WatchEvent> heard = [];
        foreach (var mode in new[] { WatchMode.Foreground, WatchMode.Daemon })
        {
            await new WatchPlace(_temp.Home, _clock).RunAsync(
                mode,
                (say, _, _) =>
                {
                    say(new WatchEvent { Kind = WatchEventKind.Captured, Time = _clock.GetUtcNow(), Message = $"by the {mode}", ErrorId = "X" });
                    return Task.CompletedTask;
                },
                heard.Add,
                Cancel);
        }

        Assert.Equal(["by the Foreground", "by the Daemon"], heard.Select(one => one.Message));
        Assert.EndsWith("Captured        by the Daemon (X)", Assert.Single(DaemonStatusReader.Log(_temp.Home, 10)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_its_state_cannot_be_written_it_watches_all_the_same()
    {
        Directory.CreateDirectory(_paths.State);

        await using var watching = await Watching.StartAsync(_temp.Home, WatchMode.Daemon, _clock, Cancel);
        watching.Say(new WatchStatus { Connection = ConnectionState.Polling });

        Assert.Equal((true, (int?)null), (DaemonStatusReader.Read(_temp.Home).IsRunning, DaemonStatusReader.Read(_temp.Home).ProcessId));
        Assert.Contains("could not be written", Assert.Single(DaemonStatusReader.Log(_temp.Home, 10)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_looks_keeps_nobody_from_starting()
    {
        Directory.CreateDirectory(_temp.Home.Root);
        await File.WriteAllTextAsync(_paths.Lock, "", Cancel);
        using var done = new CancellationTokenSource();
        var looks = 0;
        var looking = Task.Run(
            () =>
            {
                while (!done.IsCancellationRequested)
                {
                    WatchLock.IsHeld(_paths.Lock);
                    Interlocked.Increment(ref looks);
                }
            },
            Cancel);

        while (Volatile.Read(ref looks) < 2000)
        {
            using var held = WatchLock.Take(_paths.Lock);
            Assert.NotNull(held);
        }

        await done.CancelAsync();
        await looking;
    }

    public void Dispose() => _temp.Dispose();

    private static DaemonRecord Record(int pid) => new()
    {
        Id = "x", Pid = pid, Machine = Environment.MachineName, Started = DateTimeOffset.UtcNow, Version = "0.1.0", Mode = WatchMode.Daemon,
    };
}
