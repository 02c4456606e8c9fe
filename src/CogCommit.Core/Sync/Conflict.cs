using System.Text;
using System.Text.Json;
using CogCommit.Core.Rows;
using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Sync;

/// <summary>The conflict archive: pairs of edits of which one lost, kept for 30 days, resolved or not.</summary>
internal static class Conflict
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private const string Columns = "id, commit_id, lost, won, lost_side, archived_at, resolved_at";

    /// <summary>What is in the archive, latest first.</summary>
    public static List<ConflictEntry> List(StoreFile store, bool resolvedToo = false)
    {
        using var reader = store.OpenReader();
        return List(reader, store.Clock.GetUtcNow(), resolvedToo);
    }

    public static List<ConflictEntry> List(SqliteConnection connection, DateTimeOffset now, bool resolvedToo = false)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            select {Columns} from conflicts where (resolved_at is null or $all) and archived_at >= $since order by archived_at desc, id
            """;
        return Read(command.With(("$all", resolvedToo), ("$since", now - Kept)));
    }

    /// <summary>False when the same two were met before: also where they were resolved, for who decided is not asked again.</summary>
    public static bool Add(
        WriteTransaction transaction, string commitId, CuratedFields lost, CuratedFields won, ConflictSide lostSide, DateTimeOffset now)
    {
        foreach (var met in Of(transaction, commitId).Where(met => SaysTheSame(met, lost, won)))
        {
            transaction.Execute("update conflicts set archived_at = $now where id = $id", ("$id", met.Id), ("$now", now));
            return false;
        }

        Insert(transaction, commitId, lost, won, lostSide, now, resolvedAt: null);
        transaction.Execute("update cognitive_commits set push_state = $state where id = $id", ("$state", PushStates.Conflict), ("$id", commitId));
        return true;
    }

    /// <summary>Keeps what the user himself replaced while he resolved: restorable, but nothing that waits for him.</summary>
    public static void Keep(WriteTransaction transaction, string commitId, CuratedFields replaced, CuratedFields by, DateTimeOffset now)
    {
        if (!Of(transaction, commitId).Exists(met => SaysTheSame(met, replaced, by)))
        {
            Insert(transaction, commitId, replaced, by, ConflictSide.Local, now, resolvedAt: now);
        }
    }

    /// <exception cref="CogCommitException">ConflictNotFound.</exception>
    public static ConflictEntry Find(WriteTransaction transaction, string id, DateTimeOffset now)
    {
        var found = Read(transaction.Prepare($"select {Columns} from conflicts where id = $id and archived_at >= $since")
            .With(("$id", id), ("$since", now - Kept)));
        return found is [var entry] ? entry : throw new CogCommitException(
            "ConflictNotFound",
            $"The conflict archive has no entry {id}. Get-CogCommitConflict -IncludeResolved lists what it has; entries are kept for 30 days.",
            ErrorKind.NotFound);
    }

    public static void Close(WriteTransaction transaction, ConflictEntry entry, DateTimeOffset now)
    {
        transaction.Execute("update conflicts set resolved_at = $now where id = $id", ("$id", entry.Id), ("$now", now));
        transaction.Execute(
            """
            update cognitive_commits set push_state = null where id = $id and push_state = 'conflict'
              and not exists (select 1 from conflicts where commit_id = $id and resolved_at is null)
            """,
            ("$id", entry.CommitId));
    }

    public static void Expire(WriteTransaction transaction, DateTimeOffset now)
    {
        if (transaction.Execute("delete from conflicts where archived_at < $before", ("$before", now - Kept)) > 0)
        {
            transaction.Execute(
                """
                update cognitive_commits set push_state = null where push_state = 'conflict'
                  and not exists (select 1 from conflicts where commit_id = cognitive_commits.id and resolved_at is null)
                """);
        }
    }

    private static List<ConflictEntry> Of(WriteTransaction transaction, string commitId) =>
        Read(transaction.Prepare($"select {Columns} from conflicts where commit_id = $commit").With("$commit", commitId));

    /// <summary>The same fields differ by the same values, whichever of the two lost.</summary>
    private static bool SaysTheSame(ConflictEntry met, CuratedFields lost, CuratedFields won)
    {
        var before = Differences(met.Lost, met.Won);
        return before.SequenceEqual(Differences(lost, won)) || before.SequenceEqual(Differences(won, lost));
    }

    private static List<(string, object?, object?)> Differences(CuratedFields one, CuratedFields other) =>
        [.. CuratedField.Between(one, other).Select(field => (field.Name, field.Of(one), field.Of(other)))];

    private static void Insert(
        WriteTransaction transaction, string commitId, CuratedFields lost, CuratedFields won, ConflictSide lostSide, DateTimeOffset now, DateTimeOffset? resolvedAt)
    {
        var lostText = Encoding.UTF8.GetString(RowJson.Write(lost));
        var wonText = Encoding.UTF8.GetString(RowJson.Write(won));
        transaction.Execute(
            """
            insert into conflicts (id, commit_id, lost, won, lost_side, archived_at, resolved_at) values ($id, $commit, $lost, $won, $side, $now, $resolved)
            on conflict do nothing
            """,
            ("$id", Ids.V5(Ids.Namespace, $"{commitId}\n{lostText}\n{wonText}")),
            ("$commit", commitId),
            ("$lost", lostText),
            ("$won", wonText),
            ("$side", lostSide == ConflictSide.Local ? "local" : "cloud"),
            ("$now", now),
            ("$resolved", resolvedAt));
    }

    private static List<ConflictEntry> Read(SqliteCommand command)
    {
        using var row = command.ExecuteReader();
        List<ConflictEntry> entries = [];
        while (row.Read())
        {
            entries.Add(new ConflictEntry
            {
                Id = row.GetString(0),
                CommitId = row.GetString(1),
                Lost = Fields(row.GetString(2)),
                Won = Fields(row.GetString(3)),
                LostSide = row.GetString(4) == "local" ? ConflictSide.Local : ConflictSide.Cloud,
                ArchivedAt = Timestamps.Parse(row.GetString(5)),
                ResolvedAt = row.IsDBNull(6) ? null : Timestamps.Parse(row.GetString(6)),
            });
        }

        return entries;
    }

    private static CuratedFields Fields(string json)
    {
        using var document = JsonDocument.Parse(json);
        return RowJson.ReadCurated(document.RootElement);
    }
}
