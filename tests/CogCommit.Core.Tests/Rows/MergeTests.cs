using CogCommit.Core.Rows;
using CogCommit.Testing;
using CsCheck;

namespace CogCommit.Core.Tests.Rows;

public class MergeTests
{
    private static readonly string[] Words = ["", "a", "b", "aa", "Z", "é", "\uFFFD", "😀"];

    private static readonly Gen<string> Word = Gen.Int[0, Words.Length - 1].Select(n => Words[n]);

    private static readonly Gen<CapturedFields> AnyCaptured = Gen.Select(Word, Word, Gen.Bool)
        .Select((rev, hash, parallel) => Captured(rev, hash, parallel));

    private static readonly Gen<VisualRow> AnyVisual = Gen.Select(Gen.Int[1, 2], Word, Gen.Int[0, 2], Word)
        .Select((version, rev, second, hash) => Visual(version, rev, Time(second), hash));

    private static readonly Gen<CuratedFields> AnyCurated = Gen.Select(Gen.Int[1, 3], Gen.Int[0, 2], Word)
        .Select((version, second, hash) => Curated(version, Time(second), hash));

    [Theory]
    [MemberData(nameof(ExpectedWinners.Captured), MemberType = typeof(ExpectedWinners))]
    public void Captured_rows_merge_by_revision_then_hash_as_bytes(string rev, string hash, string otherRev, string otherHash, string winner)
    {
        Assert.Equal(winner, Word3(Merge.CompareCaptured(rev, hash, otherRev, otherHash)));
        Assert.Equal(ExpectedWinners.Reversed(winner), Word3(Merge.CompareCaptured(otherRev, otherHash, rev, hash)));
    }

    [Fact]
    public void What_has_no_revision_counts_as_one_with_an_empty_one()
    {
        Assert.Equal("same", Word3(Merge.CompareCaptured("", "", null, null)));
        Assert.Equal("other", Word3(Merge.CompareCaptured(null, "z", "1", null)));
    }

    [Theory]
    [MemberData(nameof(ExpectedWinners.Curated), MemberType = typeof(ExpectedWinners))]
    public void Curated_halves_merge_by_version_then_time_then_hash(
        int version, string at, string hash, int otherVersion, string otherAt, string otherHash, string winner)
    {
        var (one, other) = (Curated(version, at, hash), Curated(otherVersion, otherAt, otherHash));
        Assert.Equal(winner, Word3(Merge.CompareCurated(one, other)));
        Assert.Equal(ExpectedWinners.Reversed(winner), Word3(Merge.CompareCurated(other, one)));
    }

    [Theory]
    [MemberData(nameof(ExpectedWinners.Visuals), MemberType = typeof(ExpectedWinners))]
    public void Visuals_merge_by_version_then_revision_then_time_then_hash(
        int version, string rev, string at, string hash, int otherVersion, string otherRev, string otherAt, string otherHash, string winner)
    {
        var (one, other) = (Visual(version, rev, at, hash), Visual(otherVersion, otherRev, otherAt, otherHash));
        Assert.Equal(winner, Word3(Merge.CompareVisuals(one, other)));
        Assert.Equal(ExpectedWinners.Reversed(winner), Word3(Merge.CompareVisuals(other, one)));
    }

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

    [Fact]
    public void Which_visual_wins_does_not_depend_on_order_or_grouping() => Gen.Select(AnyVisual, AnyVisual, AnyVisual).Sample((a, b, c) =>
    {
        Assert.Equal(Winner(a, b), Winner(b, a));
        Assert.Equal(Winner(Winner(a, b), c), Winner(a, Winner(b, c)));
        Assert.Equal(a, Winner(a, a));

        static VisualRow Winner(VisualRow one, VisualRow other) => Merge.CompareVisuals(one, other) >= 0 ? one : other;
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

    private static CuratedFields Curated(int version, string at, string hash) => new() { Version = version, UpdatedAt = at, Hash = hash };

    private static VisualRow Visual(int version, string rev, string at, string hash) => new()
    {
        Id = "v",
        CommitId = "c",
        Type = "screenshot",
        CapturedAt = Time(0),
        Version = version,
        UpdatedAt = at,
        Rev = rev,
        Hash = hash,
    };

    private static string Time(int second) => $"2026-01-01T00:00:0{second}.000000Z";
}
