using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Query;

/// <summary>Visuals, newest first. What was removed is left out, with what belongs to a deleted commit.</summary>
public static class VisualReader
{
    // As of commits: what was refused, or waits for room, says so until it changes.
    private const string SyncStatus = """
        case when v.change_seq <= v.pushed_seq then 'synced'
             when v.push_state in ('error', 'too_large') and v.tried_seq = v.change_seq then v.push_state
             when v.push_state = 'over_limit' or c.push_state = 'over_limit' then 'over_limit'
             else 'pending' end
        """;

    private const string Columns = $"""
        v.id, v.commit_id, v.turn_id, {CommitColumns.Project}, v.type, v.mime, v.byte_size, v.content_hash, v.captured_at, v.caption, {SyncStatus}
        """;

    /// <summary>Streams. Of the content it is only asked whether it is there.</summary>
    public static IEnumerable<Visual> Read(StoreFile store, VisualFilter filter, LocalVisuals local, CancellationToken ct = default)
    {
        var conditions = Conditions(filter);
        return Rows.Stream(
            store,
            $"select {Columns} from visuals v join cognitive_commits c on c.id = v.commit_id where {conditions.Sql} order by v.captured_at desc, v.id",
            conditions.Parameters,
            row => Of(row, local),
            ct);
    }

    /// <summary>The id of the visual that is <paramref name="id"/>, else those that begin with it.</summary>
    public static IReadOnlyList<string> FindIds(StoreFile store, string id, int atMost)
    {
        var found = Rows.Stream(
            store,
            """
            select v.id from visuals v cross join cognitive_commits c on c.id = v.commit_id
            where v.id >= $id and v.id < $id || char(1114111) and v.deleted_at is null and c.deleted_at is null order by v.id limit $most
            """,
            [("$id", id), ("$most", atMost)], row => row.GetString(0)).ToList();
        // In order of the ids the whole one is the first of those that begin with it.
        return found is [var first, ..] && first == id ? [id] : found;
    }

    private static Conditions Conditions(VisualFilter filter)
    {
        var named = filter.VisualIds.Count > 0 || filter.CommitIds.Count > 0 || filter.TurnIds.Count > 0;
        var conditions = new Conditions()
            .Add("v.deleted_at is null")
            .Visible(named ? Visibility.All : Visibility.Shown)
            .In("v.id", "$visuals", filter.VisualIds)
            .In("v.commit_id", "$commits", filter.CommitIds)
            .In("v.turn_id", "$turns", filter.TurnIds)
            .Like("v.type", "$types", filter.Types)
            .Like(CommitColumns.Project, "$projects", filter.Projects);
        return filter.Since is { } since ? conditions.Add("v.captured_at >= $since", ("$since", since)) : conditions;
    }

    private static Visual Of(SqliteDataReader row, LocalVisuals local)
    {
        var hash = Text(row, 7);
        var path = local.Find(hash);
        return new Visual
        {
            VisualId = row.GetString(0),
            CommitId = row.GetString(1),
            TurnId = Text(row, 2),
            ProjectName = Text(row, 3),
            Type = row.GetString(4),
            MimeType = Text(row, 5),
            Bytes = row.GetInt64(6),
            ContentHash = hash,
            CapturedAt = Timestamps.Parse(row.GetString(8)),
            Caption = Text(row, 9),
            Path = path,
            SyncStatus = row.GetString(10),
        };
    }

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
