namespace CogCommit.Core.Query;

/// <summary>A row that the index found, and how good it is.</summary>
internal readonly record struct SearchCandidate(SearchIndex Index, long Row, DateTimeOffset Time, double Rank)
{
    /// <summary>bm25 is better the lower it is. What is new counts up to twice as much; after a month the half of that is gone.</summary>
    public static SearchCandidate Of(SearchIndex index, long row, double bm25, DateTimeOffset time, DateTimeOffset now) =>
        new(index, row, time, -bm25 * (1 + (1 / (1 + (Math.Max(0, (now - time).TotalDays) / 30)))));
}
