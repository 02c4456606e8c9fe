using CogCommit.Core.Rows;
using CsCheck;

namespace CogCommit.Core.Tests.Rows;

public class MergeTests
{
    private static readonly string[] Words = ["", "a", "b", "aa", "Z", "é", "\uFFFD", "😀"];

    private static readonly Gen<string> Word = Gen.Int[0, Words.Length - 1].Select(n => Words[n]);

    private static readonly Gen<CapturedFields> AnyCaptured = Gen.Select(Word, Word, Gen.Bool)
        .Select((rev, hash, parallel) => Captured(rev, hash, parallel));

    private static readonly Gen<CuratedFields> AnyCurated = Gen.Select(Gen.Int[1, 3], Gen.Int[0, 2], Word)
        .Select((version, second, hash) => Curated(version, second, hash));

    // Which of the two captured rows stays, worked out by hand: "one", "other", or "same".
    [Theory]
    [InlineData("1", "a", "1", "a", "same")]
    [InlineData("2", "a", "1", "z", "one")]      // the revision counts first
    [InlineData("1", "z", "2", "a", "other")]
    [InlineData("1", "b", "1", "a", "one")]      // then the hash
    [InlineData("1", "A", "1", "a", "other")]    // as bytes: capitals come first
    [InlineData("10", "a", "9", "a", "other")]   // as bytes: no number
    [InlineData("1", "", "1", "a", "other")]
    [InlineData("", "a", "1", "", "other")]      // what was never revised loses
    [InlineData("", "", null, null, "same")]
    [InlineData("11", "a", "1", "a", "one")]
    [InlineData("\uFFFD", "a", "😀", "a", "other")]   // bytes of UTF-8, not UTF-16's units
    public void Captured_rows_merge_by_revision_then_hash_as_bytes(string? rev, string? hash, string? otherRev, string? otherHash, string winner)
    {
        Assert.Equal(winner, Word3(Merge.CompareCaptured(rev, hash, otherRev, otherHash)));
        Assert.Equal(winner switch { "one" => "other", "other" => "one", _ => "same" }, Word3(Merge.CompareCaptured(otherRev, otherHash, rev, hash)));
    }

    [Theory]
    [InlineData(1, 0, "a", 1, 0, "a", "same")]
    [InlineData(2, 0, "a", 1, 9, "z", "one")]    // a higher version beats a later clock
    [InlineData(1, 9, "z", 2, 0, "a", "other")]
    [InlineData(2, 5, "a", 2, 4, "z", "one")]    // at equal versions the later edit
    [InlineData(2, 4, "z", 2, 5, "a", "other")]
    [InlineData(2, 5, "b", 2, 5, "a", "one")]    // then the hash
    [InlineData(10, 0, "a", 9, 0, "a", "one")]   // versions are numbers
    public void Curated_halves_merge_by_version_then_time_then_hash(
        int version, int second, string hash, int otherVersion, int otherSecond, string otherHash, string winner) =>
        Assert.Equal(winner, Word3(Merge.CompareCurated(Curated(version, second, hash), Curated(otherVersion, otherSecond, otherHash))));

    [Theory]
    [InlineData(2, "1", 0, "a", 1, "9", 9, "z", "one")]
    [InlineData(1, "2", 0, "a", 1, "1", 9, "z", "one")]
    [InlineData(1, "1", 5, "a", 1, "1", 4, "z", "one")]
    [InlineData(1, "1", 5, "a", 1, "1", 5, "b", "other")]
    [InlineData(1, "1", 5, "a", 1, "1", 5, "a", "same")]
    public void Visuals_merge_by_version_then_revision_then_time_then_hash(
        int version, string rev, int second, string hash, int otherVersion, string otherRev, int otherSecond, string otherHash, string winner) =>
        Assert.Equal(winner, Word3(Merge.CompareVisuals(Visual(version, rev, second, hash), Visual(otherVersion, otherRev, otherSecond, otherHash))));

    [Fact]
    public void Parallel_merges_by_or_whoever_wins()
    {
        Assert.True(Merge.Captured(Captured("2", "a", false), Captured("1", "a", true)).Parallel);
        Assert.True(Merge.Captured(Captured("1", "a", true), Captured("2", "a", false)).Parallel);
        Assert.False(Merge.Captured(Captured("1", "a", false), Captured("2", "a", false)).Parallel);
        Assert.Equal("2", Merge.Captured(Captured("1", "a", true), Captured("2", "a", false)).Rev);
    }

    [Fact]
    public void Merging_captured_rows_does_not_depend_on_the_order() =>
        Gen.Select(AnyCaptured, AnyCaptured).Sample((a, b) => Assert.Equal(Merge.Captured(a, b), Merge.Captured(b, a)));

    [Fact]
    public void Merging_captured_rows_does_not_depend_on_the_grouping() => Gen.Select(AnyCaptured, AnyCaptured, AnyCaptured).Sample((a, b, c) =>
        Assert.Equal(Merge.Captured(Merge.Captured(a, b), c), Merge.Captured(a, Merge.Captured(b, c))));

    [Fact]
    public void Merging_a_captured_row_again_changes_nothing() => Gen.Select(AnyCaptured, AnyCaptured).Sample((a, b) =>
    {
        var merged = Merge.Captured(a, b);
        Assert.Equal(merged, Merge.Captured(merged, b));
        Assert.Equal(merged, Merge.Captured(a, merged));
        Assert.Equal(a, Merge.Captured(a, a));
    });

    [Fact]
    public void Merging_curated_halves_does_not_depend_on_order_or_grouping() => Gen.Select(AnyCurated, AnyCurated, AnyCurated).Sample((a, b, c) =>
    {
        Assert.Equal(Merge.Curated(a, b), Merge.Curated(b, a));
        Assert.Equal(Merge.Curated(Merge.Curated(a, b), c), Merge.Curated(a, Merge.Curated(b, c)));
        Assert.Equal(Merge.Curated(a, b), Merge.Curated(Merge.Curated(a, b), b));
    });

    private static string Word3(int order) => order > 0 ? "one" : order < 0 ? "other" : "same";

    private static CapturedFields Captured(string rev, string hash, bool parallel) => new()
    {
        Source = "claude_code",
        StartedAt = Time(0),
        ClosedAt = Time(1),
        ClosedBy = "session_end",
        Parallel = parallel,
        Rev = rev,
        Hash = hash,
    };

    private static CuratedFields Curated(int version, int second, string hash) => new() { Version = version, UpdatedAt = Time(second), Hash = hash };

    private static VisualRow Visual(int version, string rev, int second, string hash) => new()
    {
        Id = "v",
        CommitId = "c",
        Type = "screenshot",
        CapturedAt = Time(0),
        Version = version,
        UpdatedAt = Time(second),
        Rev = rev,
        Hash = hash,
    };

    private static string Time(int second) => $"2026-01-01T00:00:0{second}.000000Z";
}
