using System.Globalization;

namespace CogCommit.Core.Rows;

/// <summary>
/// The revision of a captured row: a text whose byte order says which of two captures of a row knows more (design 3). Digits of fixed width,
/// most significant first; the start of the agent session is counted down from the end of time, because an earlier one is greater.
/// </summary>
internal static class Revision
{
    private static readonly long LastMicrosecond = DateTimeOffset.MaxValue.UtcTicks / TimeSpan.TicksPerMicrosecond;

    /// <param name="captureVersion">Of these rules; below 10,000.</param>
    /// <param name="cut">Explicit boundaries up to the row's end in its agent session; below 100 million.</param>
    /// <param name="agentSessionStart">When the agent session that owns the row began.</param>
    /// <param name="records">Transcript records folded into the row; below 1 million million.</param>
    public static string Of(int captureVersion, int cut, DateTimeOffset agentSessionStart, long records)
    {
        CheckRange(captureVersion, 9_999, nameof(captureVersion));
        CheckRange(cut, 99_999_999, nameof(cut));
        CheckRange(records, 999_999_999_999, nameof(records));
        var untilTheEnd = LastMicrosecond - (agentSessionStart.UtcTicks / TimeSpan.TicksPerMicrosecond);
        return string.Create(CultureInfo.InvariantCulture, $"{captureVersion:D4}.{cut:D8}.{untilTheEnd:D18}.{records:D12}");
    }

    /// <summary>The explicit boundaries that a revision counts; null for one that is none of ours.</summary>
    public static int? CutsOf(string rev) =>
        rev.Length > 13 && int.TryParse(rev.AsSpan(5, 8), NumberStyles.None, CultureInfo.InvariantCulture, out var cuts) ? cuts : null;

    /// <summary>The same revision with one boundary more.</summary>
    public static string Cut(string rev) => string.Create(CultureInfo.InvariantCulture, $"{rev.AsSpan(0, 5)}{CutsOf(rev) + 1:D8}{rev.AsSpan(13)}");

    private static void CheckRange(long value, long greatest, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, greatest, name);
    }
}
