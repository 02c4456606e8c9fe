using CogCommit.Core.Store;

namespace CogCommit.Core.Query;

/// <summary>One search on one view of the store, with a prepared statement for what is asked of each hit.</summary>
internal sealed class SearchReader(StoreFile store, PreparedConnection prepared, SearchFilter filter, string match, CancellationToken ct)
{
    private readonly DateTimeOffset _now = store.Clock.GetUtcNow();
    private readonly string _visible = new Conditions().Visible(filter.Visibility).Sql;

    /// <summary>Hits below <paramref name="before"/>, the one stored last first: the order in which the index itself holds them.</summary>
    public IEnumerable<SearchCandidate> Newest(SearchIndex index, long before = long.MaxValue)
    {
        var whole = index.AsksCommitFirst(filter);
        if ((whole ? index.Conditions(filter, match) : index.OfRow(filter, match)) is not { } conditions)
        {
            return [];
        }

        conditions.Add($"{index.Name}.rowid < $before", ("$before", before));
        return Rows.Stream(
            store, prepared.Connection,
            $"""
            select {index.Name}.rowid, {index.Score}, {index.Time} from {(whole ? index.FromWithCommit : index.From)}
            where {conditions.Sql} order by {index.Name}.rowid desc
            """,
            conditions.Parameters,
            row => SearchCandidate.Of(index, row.GetInt64(0), row.GetDouble(1), Timestamps.Parse(row.GetString(2)), _now),
            ct);
    }

    /// <summary>Whether its commit is one of those that are searched.</summary>
    public bool IsSearched(SearchCandidate candidate) => candidate.Index.AsksCommitFirst(filter) || Rows.Stream(
        store,
        prepared.Prepare($"select 1 from turns t {candidate.Index.Commit} where t.row = $row and {_visible}").With("$row", candidate.Row),
        _ => true, ct).Any();

    /// <summary>
    /// The hits of a page, in its order: of each index in one walk over what it holds between the first and the last of them, since to begin
    /// a walk takes longer than to pass over some hundred hits. What lies between was walked over when they were ranked.
    /// </summary>
    public IEnumerable<SearchHit> Hits(IReadOnlyList<SearchCandidate> page)
    {
        var hits = page.GroupBy(candidate => candidate.Index).SelectMany(Of).ToDictionary();
        return page.Select(candidate => hits[candidate]);
    }

    private IEnumerable<KeyValuePair<SearchCandidate, SearchHit>> Of(IGrouping<SearchIndex, SearchCandidate> page)
    {
        var (index, candidates) = (page.Key, page.ToDictionary(candidate => candidate.Row));
        return Rows.Stream(
            store,
            // + keeps FTS5 from beginning a walk for each row.
            prepared.Prepare($"""
                select {index.Name}.rowid, {index.Columns}, snippet({index.Name}, -1, char({(int)Snippet.RawStart}), char({(int)Snippet.RawEnd}), '…', 16)
                from {index.FromWithCommit}
                where {index.Name} match $match and {index.Name}.rowid between $least and $most and +{index.Name}.rowid in (select value from json_each($rows))
                """)
                .With("$match", index.Match(filter, match)).With("$least", candidates.Keys.Min()).With("$most", candidates.Keys.Max())
                .With("$rows", $"[{string.Join(',', candidates.Keys)}]"),
            row =>
            {
                var candidate = candidates[row.GetInt64(0)];
                return KeyValuePair.Create(candidate, new SearchHit(Snippet.OneLine(row.GetString(7)))
                {
                    CommitId = row.GetString(1),
                    Title = row.GetString(2),
                    ProjectName = row.IsDBNull(3) ? null : row.GetString(3),
                    SessionId = row.IsDBNull(4) ? null : row.GetString(4),
                    TurnId = row.IsDBNull(5) ? null : row.GetString(5),
                    Role = row.GetString(6),
                    Timestamp = candidate.Time,
                    Rank = candidate.Rank,
                });
            },
            ct);
    }
}
