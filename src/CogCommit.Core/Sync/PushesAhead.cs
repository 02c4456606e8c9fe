using CogCommit.Core.Cloud;
using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Sync;

/// <summary>
/// Pushes of this store that lie ahead of its cursor, because others pushed in between. Before the next pull the cloud must know each of
/// them: else it was restored to a state before them, and what they confirmed is not there.
/// </summary>
internal static class PushesAhead
{
    /// <summary>Notes a push. The one directly before it is known with it.</summary>
    public static void Add(WriteTransaction transaction, CloudCursor push, string? beforePushId)
    {
        transaction.Execute("delete from pushes_ahead where push_id = $before", ("$before", beforePushId));
        transaction.Execute("insert or ignore into pushes_ahead (push_id, seq) values ($push, $seq)", ("$push", push.PushId), ("$seq", push.Seq));
    }

    /// <summary>In the order in which they were made.</summary>
    public static IReadOnlyList<CloudCursor> Read(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select seq, push_id from pushes_ahead order by seq";
        using var row = command.ExecuteReader();
        List<CloudCursor> pushes = [];
        while (row.Read())
        {
            pushes.Add(new CloudCursor(row.GetInt64(0), row.GetString(1)));
        }

        return pushes;
    }

    /// <summary>The cursor came to here, and tells from now on whether the cloud knows what lies before it.</summary>
    public static void Reach(WriteTransaction transaction, CloudCursor cursor) =>
        transaction.Execute("delete from pushes_ahead where seq <= $seq", ("$seq", cursor.Seq));

    public static void Forget(WriteTransaction transaction) => transaction.Execute("delete from pushes_ahead");
}
