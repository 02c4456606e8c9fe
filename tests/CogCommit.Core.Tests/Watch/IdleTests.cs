using System.Globalization;
using CogCommit.Core.Tests.Capture.Import;

namespace CogCommit.Core.Tests.Watch;

/// <summary>A session in which nothing is said for a while is told as ended, and nothing else comes of it.</summary>
public sealed class IdleTests : IAsyncDisposable
{
    private readonly AlarmClock _clock = new();
    private readonly WatchScene _scene;
    private readonly TranscriptBuilder _session = new("s1");
    private readonly string _path;

    public IdleTests()
    {
        _scene = new WatchScene(_clock);
        _path = Say("Weave").Write(_scene.Folder);
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task An_idle_session_is_told_once_and_what_is_said_afterwards_belongs_to_the_same_commit()
    {
        await _scene.StartAsync();
        var first = await _scene.UntilAsync(WatchEventKind.Captured);
        var written = _scene.Scalar("select change_seq from cognitive_commits");
        await PassAsync(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(1));
        Assert.Empty(_scene.Of(WatchEventKind.SessionEnded));

        await PassAsync(TimeSpan.FromSeconds(1));
        var ended = await _scene.UntilAsync(WatchEventKind.SessionEnded);
        await PassAsync(TimeSpan.FromHours(5));
        Assert.Single(_scene.Of(WatchEventKind.SessionEnded));
        Assert.Equal(("s1", "loom", first.Time + TimeSpan.FromMinutes(30)), (ended.AgentSessionId, ended.Project, ended.Time));
        Assert.Equal(written, _scene.Scalar("select change_seq from cognitive_commits"));

        Say("Again").AppendTo(_path);
        await _scene.PassUntilAsync(() => _scene.Of(WatchEventKind.Captured).Count() == 2, "it goes on");
        Assert.Equal(first.CommitId, (await _scene.UntilAsync(WatchEventKind.Captured, 2)).CommitId);
        Assert.Equal(1, _scene.Scalar("select count(*) from cognitive_commits"));

        // Who spoke again is idle again.
        await PassAsync(TimeSpan.FromMinutes(30));
        await _scene.UntilAsync(WatchEventKind.SessionEnded, 2);
        Assert.Empty(_scene.Of(WatchEventKind.CommitClosed));
    }

    [Fact]
    public async Task A_changed_session_idle_is_in_force_at_once()
    {
        await _scene.StartAsync();
        var captured = await _scene.UntilAsync(WatchEventKind.Captured);
        await PassAsync(TimeSpan.FromMinutes(7));
        _scene.Set("session-idle", "10m");
        await _scene.UntilAsync(WatchEventKind.SettingsChanged, changed => changed.Message.Contains("session-idle", StringComparison.Ordinal));

        await PassAsync(TimeSpan.FromMinutes(3) - TimeSpan.FromSeconds(1));
        Assert.Empty(_scene.Of(WatchEventKind.SessionEnded));
        await PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(captured.Time + TimeSpan.FromMinutes(10), (await _scene.UntilAsync(WatchEventKind.SessionEnded)).Time);

        // Who has been idle for longer than the new one allows waits for nothing more.
        Say("Again").AppendTo(_path);
        await _scene.PassUntilAsync(() => _scene.Of(WatchEventKind.Captured).Count() == 2, "it goes on");
        await PassAsync(TimeSpan.FromMinutes(5));
        _scene.Set("session-idle", "5m");
        await _scene.UntilAsync(WatchEventKind.SessionEnded, 2);
    }

    /// <summary>Lets time go by, and waits until what was due is done.</summary>
    private async Task PassAsync(TimeSpan time)
    {
        await _scene.UntilAsync(() => _clock.IsWaitedFor, "it waits");
        _clock.Pass(time);
        await _scene.UntilAsync(() => _clock.IsWaitedFor, "it waits again");
    }

    private TranscriptBuilder Say(string text) => _session.At(_clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)).Prompt(text);
}
