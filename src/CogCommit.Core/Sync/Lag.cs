using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Sync;

/// <summary>Since when the oldest change waits that a sync would send. What waits for room, or was refused, waits for something else.</summary>
internal static class Lag
{
    private const string Sent = $"(c.push_state is null or c.push_state <> 'over_limit') and (not {CommitColumns.Filtered} or c.cloud_version > 0 or c.pushed_seq > 0)";

    private static readonly string Oldest = $"""
        select min(change_seq) from (
          select c.change_seq from cognitive_commits c where c.change_seq > c.pushed_seq and {Untried("c")} and {Sent}
          union all
          select s.change_seq from sessions s join cognitive_commits c on c.id = s.commit_id
          where s.change_seq > s.pushed_seq and {Untried("s")} and c.deleted_at is null and {Sent}
          union all
          select t.change_seq from turns t join sessions s on s.id = t.session_id join cognitive_commits c on c.id = s.commit_id
          where t.change_seq > t.pushed_seq and {Untried("t")} and c.deleted_at is null and {Sent}
          union all
          select v.change_seq from visuals v join cognitive_commits c on c.id = v.commit_id
          where v.change_seq > v.pushed_seq and {Untried("v")} and c.deleted_at is null and {Sent})
        """;

    /// <summary>Null when nothing waits, or nobody is signed in.</summary>
    public static DateTimeOffset? Since(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"select changed_at from changes where seq >= ({Oldest}) order by seq limit 1";
        return command.ExecuteScalar() is string at ? Timestamps.Parse(at) : null;
    }

    /// <summary>When a change was made that the cloud has by now is of no interest any more.</summary>
    public static void Forget(WriteTransaction transaction) =>
        transaction.Execute($"delete from changes where seq < coalesce(({Oldest}), (select max(seq) + 1 from changes))");

    private static string Untried(string table) => $"({table}.push_state is null or {table}.push_state not in ('error', 'too_large') or {table}.tried_seq < {table}.change_seq)";
}
