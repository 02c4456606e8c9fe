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

    public SearchHit Hit(SearchCandidate candidate) => Rows.Stream(
        store,
        prepared.Prepare($"""
            select {candidate.Index.Columns}, snippet({candidate.Index.Name}, -1, char({(int)Snippet.RawStart}), char({(int)Snippet.RawEnd}), '…', 16)
            from {candidate.Index.FromWithCommit} where {candidate.Index.Name} match $match and {candidate.Index.Name}.rowid = $row
            """).With("$match", match).With("$row", candidate.Row),
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
}
