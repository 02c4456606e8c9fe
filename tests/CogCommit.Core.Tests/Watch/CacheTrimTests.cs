using CogCommit.Core.Store;
using CogCommit.Core.Tests.Store;
using CogCommit.Core.Watch;
using CogCommit.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CogCommit.Core.Tests.Watch;

/// <summary>The cache of pictures is trimmed by whoever watches, also where nobody fetches another one.</summary>
public sealed class CacheTrimTests
{
    private static readonly VisualCacheLimits Roomy = new(TimeSpan.FromDays(30), 1_000_000);

    [Fact]
    public async Task A_watch_trims_when_it_starts_and_as_the_settings_say_from_then_on()
    {
        await using var scene = new WatchScene();
        var (old, used) = (Put(scene.Home, 1, TimeSpan.FromDays(31)), Put(scene.Home, 2, TimeSpan.FromDays(2)));
        await scene.StartAsync();
        await scene.UntilAsync(() => !File.Exists(old), "what was not used for 30 days is gone");
        Assert.True(File.Exists(used));

        scene.Set("visual-cache-ttl", "3d");
        await scene.UntilAsync(WatchEventKind.SettingsChanged, changed => changed.Message.Contains("visual-cache-ttl", StringComparison.Ordinal));
        Assert.True(File.Exists(used));
        scene.Set("visual-cache-size", "1B");
        await scene.UntilAsync(() => !File.Exists(used), "what has no room is gone");
    }

    [Fact]
    public void It_is_due_at_once_then_each_hour_and_at_once_when_the_limits_change()
    {
        using var temp = new TempHome();
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var clock = new WatchClock(time);
        var trim = new CacheTrim(temp.Home, clock, time);
        trim.Use(Roomy);
        Assert.Equal(clock.Now, trim.Next);
        trim.Act();
        var next = clock.Now + TimeSpan.FromHours(1);
        Assert.Equal(next, trim.Next);

        var path = Put(temp.Home, 1, TimeSpan.FromDays(29));
        time.Advance(TimeSpan.FromMinutes(1));
        trim.Use(Roomy with { });
        Assert.Equal(next, trim.Next);
        trim.Use(Roomy with { TimeToLive = TimeSpan.FromDays(28) });
        Assert.Equal(clock.Now, trim.Next);
        trim.Act();
        Assert.False(File.Exists(path));
    }

    /// <summary>A picture in the cache, used this long ago.</summary>
    private static string Put(CogCommitHome home, int seed, TimeSpan unused)
    {
        var content = Png.Of(seed);
        Directory.CreateDirectory(home.VisualCachePath);
        var path = Path.Combine(home.VisualCachePath, VisualFiles.HashOf(content));
        File.WriteAllBytes(path, content);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow - unused);
        return path;
    }
}
