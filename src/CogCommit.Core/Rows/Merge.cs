using System.Text;

namespace CogCommit.Core.Rows;

/// <summary>
/// Who wins when two devices, or a device and the cloud, hold the same row. Pure, and the same words as in cogcommit_push
/// (docs/sync-protocol.md, "Who wins"): wherever two states meet, in whatever order, the same row comes out.
/// </summary>
internal static class Merge
{
    /// <summary>The greater (rev, hash) as bytes. Positive when the first wins, 0 when they are the same row.</summary>
    public static int CompareCaptured(string? rev, string? hash, string? otherRev, string? otherHash)
    {
        var byRev = CompareBytes(rev, otherRev);
        return byRev != 0 ? byRev : CompareBytes(hash, otherHash);
    }

    /// <summary>The greater (version, updated_at, hash). Positive when the first wins, 0 when they are the same.</summary>
    public static int CompareCurated(CuratedFields one, CuratedFields other)
    {
        var byVersion = one.Version.CompareTo(other.Version);
        if (byVersion != 0)
        {
            return byVersion;
        }

        // One text form for times (Timestamps): their order as text is their order in time.
        var byTime = string.CompareOrdinal(one.UpdatedAt, other.UpdatedAt);
        return byTime != 0 ? byTime : CompareBytes(one.Hash, other.Hash);
    }

    /// <summary>A visual has both halves in one row: the greater (version, rev, updated_at, hash).</summary>
    public static int CompareVisuals(VisualRow one, VisualRow other)
    {
        var order = one.Version.CompareTo(other.Version);
        order = order != 0 ? order : CompareBytes(one.Rev, other.Rev);
        order = order != 0 ? order : string.CompareOrdinal(one.UpdatedAt, other.UpdatedAt);
        return order != 0 ? order : CompareBytes(one.Hash, other.Hash);
    }

    public static CapturedFields Captured(CapturedFields one, CapturedFields other)
    {
        var winner = CompareCaptured(one.Rev, one.Hash, other.Rev, other.Hash) >= 0 ? one : other;
        return winner with { Parallel = one.Parallel || other.Parallel };
    }

    public static CuratedFields Curated(CuratedFields one, CuratedFields other) => CompareCurated(one, other) >= 0 ? one : other;

    /// <summary>As PostgreSQL compares under COLLATE "C": by the bytes of UTF-8, which is not .NET's ordinal order beyond U+FFFF.</summary>
    private static int CompareBytes(string? one, string? other) =>
        Encoding.UTF8.GetBytes(one ?? "").AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other ?? ""));
}
