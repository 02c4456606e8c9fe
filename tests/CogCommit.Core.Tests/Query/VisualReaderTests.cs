using CogCommit.Core.Query;
using CogCommit.Core.Store;
using CogCommit.Core.Tests.Store;
using CogCommit.Testing;

namespace CogCommit.Core.Tests.Query;

public sealed class VisualReaderTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly TempStore _temp = new();

    public VisualReaderTests()
    {
        _temp.Builder.Commit("a", project: "loom").Commit("b", project: "quay").Commit("h", hidden: true).Commit("d", deletedAt: "2026-03-01T12:00:00.000000Z");
        Insert("va", "a", 0, turn: "t1");
        Insert("vb", "b", 1, type: "screenshot");
        Insert("vh", "h", 2);
        Insert("vd", "d", 3);
        Insert("vx", "a", 4);
        _temp.Store.Write(t => t.Execute("update visuals set deleted_at = $now where id = 'vx'", ("$now", Start)));
    }

    [Fact]
    public void Newest_first_and_nothing_that_is_hidden_or_gone() => Assert.Equal(["vb", "va"], Ids(new VisualFilter()));

    [Fact]
    public void Each_filter_leaves_out_the_others()
    {
        Assert.Equal(["va"], Ids(new VisualFilter { CommitIds = ["a"] }));
        Assert.Equal(["vh"], Ids(new VisualFilter { CommitIds = ["h"] }));
        Assert.Equal([], Ids(new VisualFilter { CommitIds = ["d"] }));
        Assert.Equal(["va"], Ids(new VisualFilter { TurnIds = ["t1"] }));
        Assert.Equal(["vb"], Ids(new VisualFilter { Types = ["scr*"] }));
        Assert.Equal(["va"], Ids(new VisualFilter { Projects = ["LOO*"] }));
        Assert.Equal(["vb"], Ids(new VisualFilter { Since = Start.AddMinutes(1) }));
        Assert.Equal([], Ids(new VisualFilter { Since = Start.AddMinutes(1).AddMicroseconds(1) }));
        Assert.Equal(["va"], Ids(new VisualFilter { VisualIds = ["va", "vx", "vd"] }));
    }

    [Fact]
    public void An_id_is_found_by_its_beginning_unless_it_is_gone()
    {
        Assert.Equal(["va", "vb", "vh"], VisualReader.FindIds(_temp.Store, "v", 9));
        Assert.Equal(["va"], VisualReader.FindIds(_temp.Store, "va", 9));
    }

    [Fact]
    public void It_is_local_where_its_content_lies_here_or_in_the_cache()
    {
        Assert.False(One().IsLocal);
        Directory.CreateDirectory(_temp.Store.Home.VisualCachePath);
        var cached = Path.Combine(_temp.Store.Home.VisualCachePath, Hash());
        File.WriteAllBytes(cached, Png.Of(1));
        Assert.Equal(cached, One().Path);
        var here = VisualFiles.Write(_temp.Store.Home.VisualsPath, Hash(), Png.Of(1));
        Assert.Equal((true, here), (One().IsLocal, One().Path));
    }

    [Fact]
    public void A_damaged_picture_counts_for_nothing_where_its_content_is_wanted()
    {
        var here = VisualFiles.Write(_temp.Store.Home.VisualsPath, Hash(), Png.Of(1));
        Assert.Equal(here, Local().FindWhole(Hash()));
        File.WriteAllBytes(here, Png.Of(2));
        Assert.Null(Local().FindWhole(Hash()));
        Assert.Null(VisualFiles.Read(_temp.Store.Home.VisualsPath, Hash()));
        Directory.CreateDirectory(_temp.Store.Home.VisualCachePath);
        File.WriteAllBytes(Path.Combine(_temp.Store.Home.VisualCachePath, Hash()), Png.Of(1));
        Assert.Equal(Path.Combine(_temp.Store.Home.VisualCachePath, Hash()), Local().FindWhole(Hash()));
    }

    [Theory]
    [InlineData("change_seq = 5, pushed_seq = 5", "synced")]
    [InlineData("change_seq = 5, pushed_seq = 4", "pending")]
    [InlineData("change_seq = 5, pushed_seq = 4, tried_seq = 5, push_state = 'error'", "error")]
    [InlineData("change_seq = 5, pushed_seq = 4, tried_seq = 4, push_state = 'error'", "pending")]
    [InlineData("change_seq = 5, pushed_seq = 5, push_state = 'error'", "synced")]
    public void Its_state_is_that_of_its_row(string row, string status)
    {
        _temp.Store.Write(t => t.Execute($"update visuals set {row} where id = 'va'"));
        Assert.Equal(status, One().SyncStatus);
    }

    [Fact]
    public void Files_are_named_by_ids_alone()
    {
        Assert.Equal("a-va.png", VisualCopy.FileName(One(), "image/png"));
        var foreign = new Visual { VisualId = "../../etc/passwd", CommitId = "..\\x", Type = "image", CapturedAt = Start, SyncStatus = "synced" };
        Assert.Equal("x-etcpassw.bin", VisualCopy.FileName(foreign, "image/../x"));
    }

    public void Dispose() => _temp.Dispose();

    private static string Hash() => VisualFiles.HashOf(Png.Of(1));

    private LocalVisuals Local() => new(_temp.Store.Home, new VisualCache(_temp.Store.Home));

    private Visual One() => Assert.Single(VisualReader.Read(_temp.Store, new VisualFilter { VisualIds = ["va"] }, Local(), TestContext.Current.CancellationToken));

    private string[] Ids(VisualFilter filter) => [.. VisualReader.Read(_temp.Store, filter, Local(), TestContext.Current.CancellationToken).Select(visual => visual.VisualId)];

    private void Insert(string id, string commit, int minute, string? turn = null, string type = "image") => _temp.Store.Write(t => t.Execute(
        "insert into visuals (id, commit_id, turn_id, type, content_hash, byte_size, captured_at, change_seq) values ($id, $commit, $turn, $type, $hash, 7, $at, $seq)",
        ("$id", id), ("$commit", commit), ("$turn", turn), ("$type", type), ("$hash", Hash()), ("$at", Start.AddMinutes(minute)), ("$seq", t.NextChange())));
}
