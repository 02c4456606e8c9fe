using CogCommit.Core.Capture.Fold;

namespace CogCommit.Core.Capture.Cut;

/// <summary>Cuts the turns of an agent session into commits (rules 5 and 6). Pure.</summary>
internal static class Cutter
{
    /// <param name="last">The last turn's ordinal; -1 when there is none.</param>
    /// <param name="closings">In the order of the file.</param>
    /// <param name="boundaries">Where the user cut, in any order.</param>
    public static IReadOnlyList<CutRange> Cut(int last, IReadOnlyList<Closing> closings, IReadOnlyList<UserBoundary> boundaries)
    {
        var ends = new SortedSet<int>(boundaries.Select(boundary => boundary.Ordinal));
        foreach (var closing in closings)
        {
            var before = ends.GetViewBetween(-1, closing.Position);
            var open = before.Count == 0 ? 0 : before.Max + 1;

            // A call in a commit that is closed already opens and closes nothing.
            if (closing.Ordinal >= open)
            {
                ends.Add(closing.Position);
            }
        }

        ends.RemoveWhere(end => end > last);
        if (last >= 0)
        {
            ends.Add(last);
        }

        return Ranges([.. ends], closings, boundaries);
    }

    private static List<CutRange> Ranges(int[] ends, IReadOnlyList<Closing> closings, IReadOnlyList<UserBoundary> boundaries)
    {
        var within = new List<Closing>[ends.Length];
        var amended = new List<Closing>[ends.Length];
        for (var i = 0; i < ends.Length; i++)
        {
            within[i] = [];
            amended[i] = [];
        }

        var previous = -1;
        foreach (var closing in closings)
        {
            var range = IndexOf(ends, closing.Ordinal);
            if (range < 0)
            {
                continue;
            }

            within[range].Add(closing);
            if (closing.Amends && previous >= 0 && previous != range)
            {
                amended[previous].Add(closing);
            }

            previous = range;
        }

        var ranges = new List<CutRange>(ends.Length);
        for (var i = 0; i < ends.Length; i++)
        {
            var end = ends[i];
            ranges.Add(new CutRange(i == 0 ? 0 : ends[i - 1] + 1, end)
            {
                ClosedBy = ClosedBy(end, within[i], boundaries),
                Closings = within[i],
                Amended = amended[i],
                Cuts = boundaries.Count(boundary => boundary.Explicit ? boundary.Ordinal <= end : boundary.Ordinal < end),
            });
        }

        return ranges;
    }

    private static string ClosedBy(int end, List<Closing> closings, IReadOnlyList<UserBoundary> boundaries) =>
        boundaries.Any(boundary => boundary.Explicit && boundary.Ordinal == end) ? "explicit"
        : closings.Exists(closing => closing.Position == end) ? "git_commit"
        : "session_end";

    private static int IndexOf(int[] ends, int ordinal)
    {
        var index = Array.BinarySearch(ends, ordinal);
        index = index < 0 ? ~index : index;
        return index < ends.Length ? index : -1;
    }
}
