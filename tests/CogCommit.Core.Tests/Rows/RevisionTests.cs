using CogCommit.Core.Rows;
using CsCheck;

namespace CogCommit.Core.Tests.Rows;

public class RevisionTests
{
    private static readonly Gen<(int Version, int Cut, DateTimeOffset Start, long Records)> Parts = Gen.Select(
        Gen.Int[0, 20],
        Gen.OneOf(Gen.Int[0, 20], Gen.Int[0, 99_999_999]),
        Gen.DateTime.Select(time => Timestamps.Cut(new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)))),
        Gen.OneOf(Gen.Long[0, 20], Gen.Long[0, 999_999_999_999]));

    [Fact]
    public void Its_byte_order_is_version_then_cut_then_the_earlier_start_then_records() =>
        Gen.Select(Parts, Parts).Sample((a, b) =>
        {
            var expected = (a.Version, a.Cut, b.Start, a.Records).CompareTo((b.Version, b.Cut, a.Start, b.Records));
            var actual = string.CompareOrdinal(
                Revision.Of(a.Version, a.Cut, a.Start, a.Records),
                Revision.Of(b.Version, b.Cut, b.Start, b.Records));
            Assert.Equal(Math.Sign(expected), Math.Sign(actual));
        });

    [Fact]
    public void It_is_the_same_in_every_offset() => Assert.Equal(
        Revision.Of(1, 0, DateTimeOffset.Parse("2026-02-11T20:00:00Z", null), 3),
        Revision.Of(1, 0, DateTimeOffset.Parse("2026-02-11T22:00:00+02:00", null), 3));

    [Fact]
    public void What_would_break_its_width_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Revision.Of(10_000, 0, default, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Revision.Of(1, -1, default, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Revision.Of(1, 0, default, 1_000_000_000_000));
    }
}
