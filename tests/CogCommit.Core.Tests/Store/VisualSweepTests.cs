using CogCommit.Core.Store;
using CogCommit.Testing;

namespace CogCommit.Core.Tests.Store;

public sealed class VisualSweepTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly SetClock _clock = new(Now);
    private readonly TempStore _temp;

    public VisualSweepTests()
    {
        _temp = new TempStore(_clock);
        _temp.Builder.Commit("a").Commit("b");
    }

    [Fact]
    public void A_file_that_any_row_names_stays_and_the_others_go()
    {
        var shared = Picture(1, "a", "b");
        var alone = Picture(2, "a");
        var nobodys = Picture(3);
        Assert.Equal(1, VisualSweep.Run(_temp.Store));
        Assert.Equal([true, true, false], new[] { shared, alone, nobodys }.Select(File.Exists));

        Assert.Equal(["a"], Pruning.Prune(_temp.Store, ["a"], force: true).Pruned);
        Assert.Equal([true, false, false], new[] { shared, alone, nobodys }.Select(File.Exists));
    }

    [Fact]
    public void What_was_removed_keeps_its_file_for_thirty_days()
    {
        var path = Picture(1, "a");
        _temp.Store.Write(t => t.Execute("update visuals set deleted_at = $now", ("$now", Now)));
        _clock.Now = Now + TimeSpan.FromDays(30);
        Assert.Equal(0, VisualSweep.Run(_temp.Store));
        _clock.Now += TimeSpan.FromMicroseconds(1);
        Assert.Equal(1, VisualSweep.Run(_temp.Store));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void Only_files_that_are_named_by_a_hash_are_looked_at()
    {
        Picture(1, "a");
        var other = Path.Combine(_temp.Store.Home.VisualsPath, "holiday.png");
        var outside = Path.Combine(_temp.Store.Home.Root, new string('a', 64));
        File.WriteAllText(other, "");
        File.WriteAllText(outside, "");
        Assert.Equal(0, VisualSweep.Run(_temp.Store));
        Assert.True(File.Exists(other) && File.Exists(outside));
    }

    [Fact]
    public void Where_no_picture_ever_was_there_is_nothing_to_do()
    {
        Assert.Equal(0, VisualSweep.Run(_temp.Store));
        Assert.False(Directory.Exists(_temp.Store.Home.VisualsPath));
    }

    public void Dispose() => _temp.Dispose();

    private string Picture(int seed, params string[] commits)
    {
        var content = Png.Of(seed);
        var hash = VisualFiles.HashOf(content);
        foreach (var commit in commits)
        {
            _temp.Store.Write(t => t.Execute(
                "insert into visuals (id, commit_id, type, content_hash, captured_at) values ($id, $commit, 'image', $hash, '')",
                ("$id", $"{commit}{seed}"), ("$commit", commit), ("$hash", hash)));
        }

        return VisualFiles.Write(_temp.Store.Home.VisualsPath, hash, content);
    }
}
