using CogCommit.Core.Store;

namespace CogCommit.Core.Query;

/// <summary>
/// Full-text search by the two indexes, never by scanning. Of each index the <see cref="Ranked"/> hits stored last are ranked, by bm25 and
/// how recent they are; what was found beyond them follows, the one stored last first. So a word that stands everywhere costs no more
/// than these, and memory does not grow with the number of hits.
/// </summary>
public static class Search
{
    internal const int Ranked = 250;

    /// <summary>As many hits are read at first.</summary>
    internal const int FirstPage = 20;

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
            ? Rows.Stream(store, $"select count(*) from {index.FromWithCommit} where {conditions.Sql}", conditions.Parameters, row => row.GetInt64(0), ct).Single()
            : 0);
    }

    private static IEnumerable<SearchHit> Hits(StoreFile store, SearchFilter filter, string match, long skip, long first, CancellationToken ct)
    {
        using var prepared = new PreparedConnection(store.OpenReader());
        Relevance.AddTo(prepared.Connection);
        StoreConnection.Execute(prepared.Connection, "begin");
        try
        {
            var reader = new SearchReader(store, prepared, filter, match, ct);
            foreach (var page in Pages(Wanted(Ordered(reader).Where(reader.IsSearched), skip, first)))
            {
                foreach (var hit in reader.Hits(page))
                {
                    yield return hit;
                }
            }
        }
        finally
        {
            StoreConnection.Execute(prepared.Connection, "rollback");
        }
    }

    private static IEnumerable<SearchCandidate> Wanted(IEnumerable<SearchCandidate> candidates, long skip, long first)
    {
        if (first <= 0)
        {
            yield break;
        }

        foreach (var candidate in candidates)
        {
            if (skip > 0)
            {
                skip--;
                continue;
            }

            yield return candidate;
            if (--first == 0)
            {
                yield break;
            }
        }
    }

    /// <summary>
    /// What is shown first is read at once, what follows in larger parts: each is a walk over the index, which is long where a filter makes the
    /// hits lie far apart.
    /// </summary>
    private static IEnumerable<IReadOnlyList<SearchCandidate>> Pages(IEnumerable<SearchCandidate> candidates)
    {
        List<SearchCandidate> page = [];
        var size = FirstPage;
        foreach (var candidate in candidates)
        {
            page.Add(candidate);
            if (page.Count == size)
            {
                yield return page;
                (page, size) = ([], Ranked);
            }
        }

        if (page.Count > 0)
        {
            yield return page;
        }
    }

    private static IEnumerable<SearchCandidate> Ordered(SearchReader reader)
    {
        var turns = reader.Newest(SearchIndex.Turns).Take(Ranked).ToList();
        var commits = reader.Newest(SearchIndex.Commits).Take(Ranked).ToList();
        var ranked = turns.Concat(commits)
            .OrderByDescending(c => c.Rank).ThenByDescending(c => c.Time).ThenBy(c => c.Index == SearchIndex.Turns).ThenByDescending(c => c.Row);
        var older = new[] { turns, commits }.Where(found => found.Count == Ranked).SelectMany(found => reader.Newest(found[^1].Index, found[^1].Row));
        return ranked.Concat(older);
    }
}
