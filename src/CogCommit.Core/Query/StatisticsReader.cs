using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Query;

/// <summary>
/// Counts over the turns of the commits that are listed; so of what a list holds and of the same filter without the list the counts are
/// the same. A turn stands in the store once however many transcripts replay it, and its message's usage once, so nothing is counted twice.
/// </summary>
public static class StatisticsReader
{
    private const string FromTurns = "from turns t cross join sessions s on s.id = t.session_id cross join cognitive_commits c on c.id = s.commit_id";

    // A few commits among many are found by their ids, and their turns by the indexes; ids in a list of JSON, since a statement takes only
    // so many parameters.
    private const string FromIds = """
        from (select distinct value as id from json_each($ids)) named cross join cognitive_commits c on c.id = named.id
             cross join sessions s on s.commit_id = c.id cross join turns t on t.session_id = s.id
        """;

    private const string Input = "coalesce(sum(case when json_valid(t.usage) then cast(t.usage ->> '$.input_tokens' as integer) end), 0)";
    private const string Output = "coalesce(sum(case when json_valid(t.usage) then cast(t.usage ->> '$.output_tokens' as integer) end), 0)";

    public static Statistics Read(StoreFile store, StatisticsFilter filter, CancellationToken ct = default)
    {
        using var connection = store.OpenReader();
        var zone = store.Clock.LocalTimeZone;
        connection.CreateFunction("local_day", (string time) => LocalDay(time, zone), isDeterministic: true);
        var conditions = Conditions(filter);
        StoreConnection.Execute(connection, "begin");
        try
        {
            return Read(store, connection, filter, conditions, ct);
        }
        finally
        {
            StoreConnection.Execute(connection, "rollback");
        }
    }

    private static Statistics Read(StoreFile store, SqliteConnection connection, StatisticsFilter filter, Conditions conditions, CancellationToken ct)
    {
        var from = filter.CommitIds.Count > 0 ? FromIds : FromTurns;
        IReadOnlyList<StatisticsGroup> Groups(string name, string order, string where = "1") => Rows.Stream(
            store, connection,
            $"select {name}, count(*), count(distinct c.id), {Input}, {Output} {from} where {conditions.Sql} and {where} group by 1 order by {order}",
            conditions.Parameters, Group, ct).ToList();

        var tools = Rows.Stream(store, connection, $"""
            select coalesce(json_extract(call.value, '$.name'), ''), count(*), count(distinct c.id), 0, 0
            {from} cross join json_each(case when json_valid(t.tool_calls) then t.tool_calls else '[]' end) call
            where {conditions.Sql} and t.tool_calls is not null and call.type = 'object' group by 1 order by 2 desc, 1
            """, conditions.Parameters, Group, ct).ToList();
        // Without a limit in time a commit without turns counts as well.
        var commits = filter.Since is null && filter.Until is null
            ? $"(select count(*) from cognitive_commits c where {OfCommit(filter).Sql})"
            : "count(distinct c.id)";
        return Rows.Stream(store, connection, $"""
            select {commits}, count(distinct case when s.is_subagent = 0 then coalesce(s.agent_session_id, s.id) end), count(*),
                   count(*) filter (where t.role = 'user' and s.is_subagent = 0), {Input}, {Output}, min(t.timestamp), max(t.timestamp)
            {from} where {conditions.Sql}
            """, conditions.Parameters, row => new Statistics
        {
            Commits = row.GetInt32(0),
            Sessions = row.GetInt32(1),
            Turns = row.GetInt64(2),
            Prompts = row.GetInt64(3),
            InputTokens = row.GetInt64(4),
            OutputTokens = row.GetInt64(5),
            First = row.IsDBNull(6) ? null : Timestamps.Parse(row.GetString(6)),
            Last = row.IsDBNull(7) ? null : Timestamps.Parse(row.GetString(7)),
            ByProject = Groups($"coalesce({CommitColumns.Project}, '')", "2 desc, 1"),
            BySource = Groups("c.source", "2 desc, 1"),
            ByModel = Groups("t.model", "2 desc, 1", "t.model is not null"),
            ByTool = tools,
            ByDay = Groups("local_day(t.timestamp)", "1"),
        }, ct).Single();
    }

    private static StatisticsGroup Group(SqliteDataReader row) => new()
    {
        Name = row.GetString(0),
        Count = row.GetInt64(1),
        Commits = row.GetInt32(2),
        InputTokens = row.GetInt64(3),
        OutputTokens = row.GetInt64(4),
    };

    private static Conditions OfCommit(StatisticsFilter filter) =>
        new Conditions().Visible(filter.CommitIds.Count > 0 ? Visibility.All : filter.Visibility)
            .In("c.id", "$ids", [.. filter.CommitIds])
            .Like(CommitColumns.Project, "$projects", filter.Projects);

    private static Conditions Conditions(StatisticsFilter filter)
    {
        var conditions = OfCommit(filter);
        if (filter.Since is { } since)
        {
            conditions.Add("t.timestamp >= $since", ("$since", since));
        }

        return filter.Until is { } until ? conditions.Add("t.timestamp <= $until", ("$until", until)) : conditions;
    }

    private static string LocalDay(string time, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(Timestamps.Parse(time), zone).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
