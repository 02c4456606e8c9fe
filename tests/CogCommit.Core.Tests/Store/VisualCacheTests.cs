using CogCommit.Core.Store;
using CogCommit.Testing;

namespace CogCommit.Core.Tests.Store;

public sealed class VisualCacheTests : IDisposable
{
    private static readonly VisualCacheLimits Roomy = new(TimeSpan.FromDays(30), 1_000_000);
    private readonly TempHome _temp = new();
    private readonly SetClock _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private string Folder => _temp.Home.VisualCachePath;

    [Fact]
    public async Task What_was_added_is_found_whole_and_is_nobody_elses_to_read()
    {
        var path = await Add(Cache(Roomy), Png.Of(1));
        Assert.Equal(path, Cache(Roomy).Find(HashOf(Png.Of(1))));
        Assert.Equal(Png.Of(1), File.ReadAllBytes(path));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
        }
    }

    [Fact]
    public async Task Another_content_than_the_hash_names_is_refused_and_nothing_of_it_kept()
    {
        var refused = await Assert.ThrowsAsync<CogCommitException>(() =>
            Cache(Roomy).AddAsync(HashOf(Png.Of(1)), to => to.WriteAsync(Png.Of(2)).AsTask()));
        Assert.Equal("VisualDamaged", refused.ErrorId);
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public async Task A_fetch_that_breaks_off_leaves_nothing()
    {
        await Assert.ThrowsAsync<IOException>(() => Cache(Roomy).AddAsync(HashOf(Png.Of(1)), async to =>
        {
            await to.WriteAsync(Png.Of(1).AsMemory(0, 20));
            throw new IOException("the cable");
        }));
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Theory]
    [InlineData("../../../etc/passwd")]
    [InlineData("")]
    [InlineData("ABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCD")]
    public async Task Nothing_but_a_hash_names_a_file(string name)
    {
        Assert.Null(Cache(Roomy).Find(name));
        var refused = await Assert.ThrowsAsync<CogCommitException>(() => Cache(Roomy).AddAsync(name, _ => Task.CompletedTask));
        Assert.Equal("InvalidVisualHash", refused.ErrorId);
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public async Task A_damaged_entry_is_no_entry_and_makes_room_for_a_whole_one()
    {
        var cache = Cache(Roomy);
        var path = await Add(cache, Png.Of(1));
        File.WriteAllBytes(path, Png.Of(2));
        Assert.Null(cache.Find(HashOf(Png.Of(1))));
        Assert.False(File.Exists(path));
        Assert.Equal(path, await Add(cache, Png.Of(1)));
    }

    [Fact]
    public async Task What_was_not_used_for_its_time_to_live_goes_and_a_use_begins_it_anew()
    {
        var cache = Cache(Roomy);
        await Add(cache, Png.Of(1));
        await Add(cache, Png.Of(2));
        _clock.Now += Roomy.TimeToLive;
        Assert.NotNull(cache.Find(HashOf(Png.Of(2))));
        _clock.Now += TimeSpan.FromSeconds(1);
        cache.Trim(_clock.Now);
        Assert.Null(cache.Find(HashOf(Png.Of(1))));
        Assert.NotNull(cache.Find(HashOf(Png.Of(2))));
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(-1, 2)]
    public async Task What_was_used_longest_ago_gives_way_until_the_rest_fits(int beyondThree, int kept)
    {
        var size = Png.Of(1, 1000).Length;
        var cache = Cache(Roomy with { Bytes = (3 * size) + beyondThree });
        for (var seed = 1; seed <= 3; seed++)
        {
            await Add(Cache(Roomy), Png.Of(seed, 1000));
            _clock.Now += TimeSpan.FromHours(1);
        }

        // The first is the one that was used last.
        Assert.NotNull(cache.Find(HashOf(Png.Of(1, 1000))));
        _clock.Now += TimeSpan.FromHours(1);
        cache.Trim(_clock.Now);
        Assert.Equal(kept, Directory.GetFiles(Folder).Length);
        Assert.Equal(kept == 3, cache.Find(HashOf(Png.Of(2, 1000))) is not null);
        Assert.NotNull(cache.Find(HashOf(Png.Of(1, 1000))));
    }

    [Fact]
    public async Task What_was_just_fetched_stays_for_whoever_asked_for_it_however_small_the_cache()
    {
        var cache = Cache(new VisualCacheLimits(TimeSpan.FromMinutes(1), 0));
        var path = await Add(cache, Png.Of(1));
        _clock.Now += TimeSpan.FromMinutes(9);
        cache.Trim(_clock.Now);
        Assert.True(File.Exists(path));
        _clock.Now += TimeSpan.FromMinutes(1);
        cache.Trim(_clock.Now);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task Whoever_does_not_know_the_limits_trims_nothing()
    {
        var cache = new VisualCache(_temp.Home, clock: _clock);
        var path = await Add(cache, Png.Of(1));
        _clock.Now += TimeSpan.FromDays(1000);
        await Add(cache, Png.Of(2));
        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task A_half_that_a_killed_process_left_goes_after_a_day_and_files_of_others_never()
    {
        var cache = Cache(Roomy);
        await Add(cache, Png.Of(1));
        var (half, other) = (Path.Combine(Folder, $"{Guid.NewGuid():N}.new"), Path.Combine(Folder, "notes.new"));
        foreach (var path in new[] { half, other })
        {
            File.WriteAllText(path, "half");
            File.SetLastWriteTimeUtc(path, _clock.Now.UtcDateTime);
        }

        cache.Trim(_clock.Now + TimeSpan.FromDays(1));
        Assert.True(File.Exists(half));
        cache.Trim(_clock.Now + TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        Assert.False(File.Exists(half));
        Assert.True(File.Exists(other));
    }

    [Fact]
    public async Task Many_at_once_add_find_and_trim_the_same_and_all_of_them_end_well()
    {
        var pictures = Enumerable.Range(0, 4).Select(seed => Png.Of(seed, 5000)).ToArray();
        var paths = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(async () =>
        {
            var cache = Cache(new VisualCacheLimits(TimeSpan.FromMinutes(1), 6000));
            var picture = pictures[i % pictures.Length];
            var path = await Add(cache, picture);
            cache.Trim(_clock.Now);
            return (path, Same: Cache(Roomy).Find(HashOf(picture)) == path);
        })));
        Assert.All(paths, found => Assert.True(found.Same));
        Assert.Equal(pictures.Select(HashOf).Order(), Directory.GetFiles(Folder).Select(Path.GetFileName).Order());
    }

    public void Dispose() => _temp.Dispose();

    private static string HashOf(byte[] content) => VisualFiles.HashOf(content);

    private VisualCache Cache(VisualCacheLimits limits) => new(_temp.Home, limits, _clock);

    private static Task<string> Add(VisualCache cache, byte[] content) => cache.AddAsync(HashOf(content), to => to.WriteAsync(content).AsTask());
}
