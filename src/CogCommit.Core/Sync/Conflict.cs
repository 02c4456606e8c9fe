using System.Text;
using System.Text.Json;
using CogCommit.Core.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Sync;

/// <summary>The conflict archive: edits that lost, kept for 30 days, listed and restorable.</summary>
public static class Conflict
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>What is in the archive, latest first.</summary>
    public static IReadOnlyList<ConflictEntry> List(StoreFile store, bool resolvedToo = false)
    {
        ArgumentNullException.ThrowIfNull(store);
        using var reader = store.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = """
            select id, commit_id, lost, won, archived_at, resolved_at from conflicts
            where (resolved_at is null or $all) and archived_at >= $since order by archived_at desc, id
            """;
        using var row = command.With(("$all", resolvedToo), ("$since", store.Clock.GetUtcNow() - Kept)).ExecuteReader();
        List<ConflictEntry> entries = [];
        while (row.Read())
        {
            entries.Add(new ConflictEntry
            {
                Id = row.GetString(0),
                CommitId = row.GetString(1),
                Lost = row.GetString(2),
                Won = row.GetString(3),
                ArchivedAt = Timestamps.Parse(row.GetString(4)),
                ResolvedAt = row.IsDBNull(5) ? null : Timestamps.Parse(row.GetString(5)),
            });
        }

        return entries;
    }

    /// <summary>Says again what lost, as a new edit that travels. What it replaces is not archived: this is what the user chose.</summary>
    /// <exception cref="CogCommitException">ConflictNotFound, or CommitNotFound when the commit is no longer here.</exception>
    public static void Restore(StoreFile store, string conflictId)
    {
        ArgumentNullException.ThrowIfNull(store);
        var now = store.Clock.GetUtcNow();
        store.Write(transaction =>
        {
            var (commitId, lost) = Find(transaction, conflictId);
            Say(transaction, commitId, lost, now);
            Close(transaction, conflictId, commitId, now);
        });
    }

    /// <summary>Leaves things as they are and takes the entry off the list.</summary>
    /// <exception cref="CogCommitException">ConflictNotFound.</exception>
    public static void Dismiss(StoreFile store, string conflictId)
    {
        ArgumentNullException.ThrowIfNull(store);
        store.Write(transaction => Close(transaction, conflictId, Find(transaction, conflictId).CommitId, store.Clock.GetUtcNow()));
    }

    /// <summary>False when the same loss is in the archive already: it was met before and not pushed since.</summary>
    internal static bool Add(WriteTransaction transaction, string commitId, CuratedFields lost, CuratedFields won, DateTimeOffset now)
    {
        var lostText = Encoding.UTF8.GetString(RowJson.Write(lost));
        var wonText = Encoding.UTF8.GetString(RowJson.Write(won));
        var added = transaction.Execute(
            "insert into conflicts (id, commit_id, lost, won, archived_at) values ($id, $commit, $lost, $won, $now) on conflict do nothing",
            ("$id", Ids.V5(Ids.Namespace, $"{commitId}\n{lostText}\n{wonText}")),
            ("$commit", commitId),
            ("$lost", lostText),
            ("$won", wonText),
            ("$now", now));
        if (added > 0)
        {
            transaction.Execute("update cognitive_commits set push_state = $state where id = $id", ("$state", PushStates.Conflict), ("$id", commitId));
        }

        return added > 0;
    }

    internal static void Expire(WriteTransaction transaction, DateTimeOffset now)
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

    private static (string CommitId, CuratedFields Lost) Find(WriteTransaction transaction, string conflictId)
    {
        using var row = transaction.Prepare("select commit_id, lost from conflicts where id = $id").With("$id", conflictId).ExecuteReader();
        if (!row.Read())
        {
            throw new CogCommitException(
                "ConflictNotFound", $"The conflict archive has no entry {conflictId}. Entries are kept for 30 days.", ErrorKind.NotFound);
        }

        using var lost = JsonDocument.Parse(row.GetString(1));
        return (row.GetString(0), RowJson.ReadCurated(lost.RootElement));
    }

    private static void Say(WriteTransaction transaction, string commitId, CuratedFields lost, DateTimeOffset now)
    {
        using var row = transaction.Prepare("select max(version, cloud_version + 1), updated_at from cognitive_commits where id = $id")
            .With("$id", commitId).ExecuteReader();
        if (!row.Read())
        {
            throw new CogCommitException(
                "CommitNotFound", $"The commit {commitId} is no longer in this store, so nothing was restored.", ErrorKind.NotFound);
        }

        // As any edit (design 6): the number behind what the cloud has, kept until it is confirmed; never earlier than the edit before.
        var version = row.GetInt32(0);
        var before = Timestamps.Parse(row.GetString(1)).AddMicroseconds(1);
        row.Close();
        var updatedAt = Timestamps.ToText(Timestamps.Cut(now) > before ? now : before);
        new RowWriting(transaction, clean: false).Curated(commitId, lost with { Version = version, UpdatedAt = updatedAt });
        transaction.Execute("update cognitive_commits set change_seq = $change where id = $id", ("$id", commitId), ("$change", transaction.NextChange()));
    }

    private static void Close(WriteTransaction transaction, string conflictId, string commitId, DateTimeOffset now)
    {
        transaction.Execute("update conflicts set resolved_at = $now where id = $id and resolved_at is null", ("$id", conflictId), ("$now", now));
        transaction.Execute(
            """
            update cognitive_commits set push_state = null where id = $id and push_state = 'conflict'
              and not exists (select 1 from conflicts where commit_id = $id and resolved_at is null)
            """,
            ("$id", commitId));
    }
}
