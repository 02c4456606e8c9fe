using CogCommit.Core.Store;
using CogCommit.Core.Tests.Capture.Import;
using CogCommit.Core.Watch;

namespace CogCommit.Core.Tests.Watch;

/// <summary>What the system tells is heard, and what it does not tell is seen all the same: told apart by a clock that stands still.</summary>
public sealed class NotificationTests : IAsyncDisposable
{
    private readonly AlarmClock _clock = new();
    private readonly WatchScene _scene;
    private readonly TranscriptBuilder _session = new("s1");
    private readonly DateTimeOffset _start;

    public NotificationTests()
    {
        _scene = new WatchScene(_clock);
        _start = _clock.GetUtcNow();
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task An_appended_line_is_captured_long_before_anybody_looks()
    {
        var path = _session.Prompt("Weave").Write(_scene.Folder);
        await _scene.StartAsync();
        await _scene.UntilAsync(WatchEventKind.Captured);
        await _scene.PassUntilAsync(() => _clock.Next == _start + FileLooks.EachWorkedOn, "nothing is waited for but the next look");

        _session.Prompt("Again").AppendTo(path);

        await CapturedAsync(2, _start + FileLooks.EachWorkedOn - TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task What_is_edited_or_captured_is_sent_long_before_anybody_looks()
    {
        var last = _start + HomeWatch.Between - TimeSpan.FromMilliseconds(1);
        var path = Still(_session.Prompt("Weave").Write(_scene.Folder));
        _scene.SignIn("ann");
        await _scene.StartAsync();
        await _scene.UntilAsync(() => _scene.Status is { Connection: ConnectionState.Listening, LastSync: not null }, "it listens");
        await PushedAsync(1, last);
        Edit("First");
        await PushedAsync(2, last);
        // What start and joining had to ask is over behind a push that followed them: what goes from here on goes because the store changed.
        var pulls = _scene.Wire.Pulls;
        await _scene.PassUntilAsync(() => _clock.Next - _clock.GetUtcNow() > FileLooks.EachWorkedOn, "nothing is waited for but the next look", last);

        Edit("Second");
        await PushedAsync(3, last);
        _session.Prompt("Again").AppendTo(path);
        await PushedAsync(4, last);

        Assert.Equal("Second", _scene.Wire.Cloud.Commits.Values.Single().ShownTitle);
        Assert.Equal((2, pulls), (_scene.Wire.Cloud.Turns.Count, _scene.Wire.Pulls));
    }

    [Fact]
    public async Task Where_the_system_tells_nothing_a_session_that_is_worked_on_is_looked_at_each_second()
    {
        await BeginDeafAsync(isStill: false);

        await CapturedByLookAsync(_start + FileLooks.EachWorkedOn);
    }

    [Fact]
    public async Task Where_the_system_tells_nothing_one_that_lay_still_is_seen_by_the_look_at_all()
    {
        await BeginDeafAsync(isStill: true);

        await CapturedByLookAsync(_start + FileLooks.EachFile);
    }

    private async Task CapturedByLookAsync(DateTimeOffset at)
    {
        var captured = await CapturedAsync(2, at);
        if (!OperatingSystem.IsMacOS())
        {
            // That one tells, late, of what was written before it was asked.
            Assert.Equal(at, captured.Time);
        }
    }

    /// <summary>A line more stands in a transcript, and no notification will tell of it.</summary>
    /// <param name="isStill">Nobody has worked on it for long.</param>
    private async Task BeginDeafAsync(bool isStill)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        var (folder, other, watched) = (Path.Combine(_scene.Folder, "one"), Path.Combine(_scene.Folder, "other"), Path.Combine(_scene.Folder, "watched"));
        var path = _session.Prompt("Weave").Write(folder);
        if (isStill)
        {
            Still(path);
        }

        Directory.CreateSymbolicLink(watched, folder);
        await _scene.StartAsync(watched);
        await _scene.UntilAsync(WatchEventKind.Captured);
        _session.Prompt("Again").Write(other);

        // The notifications are of the folder where the link led when they began.
        Directory.Delete(watched);
        Directory.CreateSymbolicLink(watched, other);
    }

    private async Task<WatchEvent> CapturedAsync(int number, DateTimeOffset last)
    {
        await _scene.PassUntilAsync(() => _scene.Of(WatchEventKind.Captured).Count() >= number, $"capture {number}", last);
        return _scene.Of(WatchEventKind.Captured).ElementAt(number - 1);
    }

    private Task PushedAsync(int number, DateTimeOffset last) => _scene.PassUntilAsync(() => _scene.Of(WatchEventKind.Pushed).Count() >= number, $"push {number}", last);

    private void Edit(string title)
    {
        using var store = StoreFile.Open(_scene.Home, _clock);
        Curation.Apply(store, _scene.Of(WatchEventKind.Captured).First().CommitId!, new CurationChange { Title = title });
    }

    /// <summary>Nobody has worked on it for a day.</summary>
    private static string Still(string path)
    {
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddDays(-1));
        return path;
    }
}
