using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Query;

/// <summary>
/// Full-text search by the two indexes, never by scanning. Of each index the <see cref="Ranked"/> hits stored last are ranked, by bm25 and
/// how recent they are; what was found beyond them follows, the one stored last first. So a word that stands everywhere costs no more
/// than these, and memory does not grow with the number of hits.
/// </summary>
public static class Search
{
    internal const int Ranked = 2000;

    /// <exception cref="CogCommitException">The query has no word to look for.</exception>
    public static IEnumerable<SearchHit> Find(StoreFile store, SearchFilter filter, long skip = 0, long? first = null, CancellationToken ct = default)
    {
        var match = SearchQuery.ToFts5(filter.Query);
        return Hits(store, filter, match, skip, first ?? long.MaxValue, ct);
    }

    public static long Count(StoreFile store, SearchFilter filter, CancellationToken ct = default)
    {
        var match = SearchQuery.ToFts5(filter.Query);
        return new[] { SearchIndex.Turns, SearchIndex.Commits }.Sum(index => index.Conditions(filter, match) is { } conditions
            ? Rows.Stream(store, $"select count(*) from {index.From} where {conditions.Sql}", conditions.Parameters, row => row.GetInt64(0), ct).Single()
            : 0);
    }

    private static IEnumerable<SearchHit> Hits(StoreFile store, SearchFilter filter, string match, long skip, long first, CancellationToken ct)
    {
        using var connection = store.OpenReader();
        StoreConnection.Execute(connection, "begin");
        try
        {
            foreach (var candidate in Ordered(store, connection, filter, match, ct))
            {
                if (skip > 0)
                {
                    skip--;
                    continue;
                }

                if (first-- <= 0)
                {
                    break;
                }

                yield return Hit(store, connection, candidate, match, ct);
            }
        }
        finally
        {
            StoreConnection.Execute(connection, "rollback");
        }
    }

    private static IEnumerable<Candidate> Ordered(StoreFile store, SqliteConnection connection, SearchFilter filter, string match, CancellationToken ct)
    {
        var turns = Newest(store, connection, SearchIndex.Turns, filter, match, long.MaxValue, ct).Take(Ranked).ToList();
        var commits = Newest(store, connection, SearchIndex.Commits, filter, match, long.MaxValue, ct).Take(Ranked).ToList();
        var ranked = turns.Concat(commits)
            .OrderByDescending(c => c.Rank).ThenByDescending(c => c.Time).ThenBy(c => c.Index == SearchIndex.Turns).ThenByDescending(c => c.Row);
        var older = new[] { turns, commits }.Where(found => found.Count == Ranked)
            .SelectMany(found => Newest(store, connection, found[^1].Index, filter, match, found[^1].Row, ct));
        return ranked.Concat(older);
    }

    /// <summary>Hits below <paramref name="before"/>, the one stored last first: the order in which the index itself holds them.</summary>
    private static IEnumerable<Candidate> Newest(
        StoreFile store, SqliteConnection connection, SearchIndex index, SearchFilter filter, string match, long before, CancellationToken ct)
    {
        if (index.Conditions(filter, match) is not { } conditions)
        {
            return [];
        }

        conditions.Add($"{index.Name}.rowid < $before", ("$before", before));
        var now = store.Clock.GetUtcNow();
        return Rows.Stream(
            store, connection,
            $"select {index.Name}.rowid, {index.Score}, {index.Time} from {index.From} where {conditions.Sql} order by {index.Name}.rowid desc",
            conditions.Parameters,
            row =>
            {
                var time = Timestamps.Parse(row.GetString(2));
                return new Candidate(index, row.GetInt64(0), time, Rank(row.GetDouble(1), now - time));
            },
            ct);
    }

    /// <summary>bm25 is better the lower it is. What is new counts up to twice as much; after a month the half of that is gone.</summary>
    private static double Rank(double bm25, TimeSpan age) => -bm25 * (1 + (1 / (1 + (Math.Max(0, age.TotalDays) / 30))));

    private static SearchHit Hit(StoreFile store, SqliteConnection connection, Candidate candidate, string match, CancellationToken ct) => Rows.Stream(
        store, connection,
        $"""
        select {candidate.Index.Columns}, snippet({candidate.Index.Name}, -1, char({(int)Snippet.RawStart}), char({(int)Snippet.RawEnd}), '…', 16)
        from {candidate.Index.From} where {candidate.Index.Name} match $match and {candidate.Index.Name}.rowid = $row
        """,
        [("$match", match), ("$row", candidate.Row)],
        row => new SearchHit(Snippet.OneLine(row.GetString(6)))
        {
            CommitId = row.GetString(0),
            Title = row.GetString(1),
            ProjectName = row.IsDBNull(2) ? null : row.GetString(2),
            SessionId = row.IsDBNull(3) ? null : row.GetString(3),
            TurnId = row.IsDBNull(4) ? null : row.GetString(4),
            Role = row.GetString(5),
            Timestamp = candidate.Time,
            Rank = candidate.Rank,
        },
        ct).Single();

    private readonly record struct Candidate(SearchIndex Index, long Row, DateTimeOffset Time, double Rank);
}
