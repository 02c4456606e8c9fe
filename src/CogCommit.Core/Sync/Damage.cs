using CogCommit.Core.Rows;
using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Sync;

/// <summary>
/// Rows of the store that the cloud confirmed and that were changed since by something else than this module: they do not say any more what
/// their hash says. The cloud's row is to win over them.
/// </summary>
/// <remarks>Of a turn with tool calls nobody can tell: the cloud keeps their inputs as JSON, and so not the order of the members that was hashed.</remarks>
internal sealed class Damage
{
    private readonly List<(string Table, string Id, string Rev, string Hash)> _captured = [];
    private readonly List<(string Id, int Version, string Hash)> _curated = [];

    public static Damage Find(StoreFile store)
    {
        var damage = new Damage();
        using var reader = store.OpenReader();
        damage.AddCommits(reader);
        damage.Add(reader, $"select {StoredRows.SessionColumns} from sessions s where {Confirmed("s")}", "sessions", StoredRows.Session, row => row.Id, row => (row.Rev, row.Hash), HashOf);
        damage.Add(reader, $"select {StoredRows.TurnColumns} from turns t where {Confirmed("t")} and (t.tool_calls is null or t.tool_calls = '[]')", "turns", StoredRows.Turn, row => row.Id, row => (row.Rev, row.Hash), HashOf);
        return damage;
    }

    /// <summary>The live commits that such rows belong to. (What was purged keeps the hash of what was said, and not the words.)</summary>
    public HashSet<string> Commits(StoreFile store)
    {
        using var reader = store.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = """
            select id from cognitive_commits where deleted_at is null and id in (
              select value from json_each($ids)
              union select s.commit_id from json_each($ids) join sessions s on s.id = value
              union select s.commit_id from json_each($ids) join turns t on t.id = value join sessions s on s.id = t.session_id)
            """;
        var ids = _captured.Select(row => row.Id).Concat(_curated.Select(row => row.Id));
        using var row = command.With("$ids", System.Text.Json.JsonSerializer.Serialize(ids)).ExecuteReader();
        HashSet<string> commits = [];
        while (row.Read())
        {
            commits.Add(row.GetString(0));
        }

        return commits;
    }

    /// <summary>Whatever the cloud has is greater. In the transaction that merges it, and put back in the same one: nobody else sees it.</summary>
    public void GiveWay(WriteTransaction transaction)
    {
        foreach (var (table, id, _, _) in _captured)
        {
            transaction.Execute($"update {table} set rev = '', hash = '' where id = $id", ("$id", id));
        }

        foreach (var (id, _, _) in _curated)
        {
            transaction.Execute("update cognitive_commits set version = 0, curated_hash = '' where id = $id", ("$id", id));
        }
    }

    /// <summary>Where the cloud has no such row, this one is all that is left of it.</summary>
    public void PutBack(WriteTransaction transaction)
    {
        foreach (var (table, id, rev, hash) in _captured)
        {
            transaction.Execute($"update {table} set rev = $rev, hash = $hash where id = $id and rev = '' and hash = ''", ("$id", id), ("$rev", rev), ("$hash", hash));
        }

        foreach (var (id, version, hash) in _curated)
        {
            transaction.Execute(
                "update cognitive_commits set version = $version, curated_hash = $hash where id = $id and version = 0", ("$id", id), ("$version", version), ("$hash", hash));
        }
    }

    private static string Confirmed(string table) =>
        $"{table}.pushed_seq > 0 and {table}.change_seq <= {table}.pushed_seq and coalesce({table}.hash, '') <> ''";

    private void AddCommits(SqliteConnection reader)
    {
        using var command = reader.CreateCommand();
        command.CommandText = $"select {StoredRows.CommitColumns} from cognitive_commits c where {Confirmed("c")}";
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            var commit = StoredRows.Commit(row).Row;
            // A purged commit says nothing any more.
            if (commit.Curated!.DeletedAt is null && Said(() => CapturedHash.Of(commit.Id, commit.Captured!)) != commit.Captured!.Hash)
            {
                _captured.Add(("cognitive_commits", commit.Id, commit.Captured!.Rev, commit.Captured.Hash));
            }

            // Version 1 nobody may have hashed yet.
            if (commit.Curated.Hash is { Length: > 0 } hash && Said(() => HashOf(commit.Id, commit.Curated)) != hash)
            {
                _curated.Add((commit.Id, commit.Curated.Version, hash));
            }
        }
    }

    private void Add<T>(
        SqliteConnection reader, string sql, string table, Func<SqliteDataReader, Stored<T>> read, Func<T, string> id, Func<T, (string Rev, string Hash)> revision, Func<T, string> hashOf)
    {
        using var command = reader.CreateCommand();
        command.CommandText = sql;
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            var found = read(row).Row;
            var (rev, hash) = revision(found);
            if (Said(() => hashOf(found)) != hash)
            {
                _captured.Add((table, id(found), rev, hash));
            }
        }
    }

    /// <summary>No hash at all of what cannot be read: a time that is none, JSON that is none.</summary>
    private static string? Said(Func<string> hash)
    {
        try
        {
            return hash();
        }
        catch (Exception unreadable) when (unreadable is FormatException or System.Text.Json.JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string HashOf(string id, CuratedFields row) => CuratedHash.Of(
        id, row.Title, row.TitleSet, row.Project, row.Published, row.Hidden, row.DisplayOrder, row.DeletedAt is { } deleted ? Timestamps.Parse(deleted) : null);

    private static string HashOf(SessionRow row) => CapturedHash.Of(new CapturedSession
    {
        Id = row.Id,
        CommitId = row.CommitId,
        AgentSessionId = row.AgentSessionId,
        IsSubagent = row.IsSubagent,
        StartedAt = Timestamps.Parse(row.StartedAt),
        EndedAt = Timestamps.Parse(row.EndedAt),
    });

    private static string HashOf(TurnRow row) => CapturedHash.Of(new CapturedTurn
    {
        Id = row.Id,
        SessionId = row.SessionId,
        Ordinal = row.Ordinal,
        Role = row.Role,
        Content = row.Content,
        Timestamp = Timestamps.Parse(row.Timestamp),
        Model = row.Model,
        Interrupted = row.Interrupted,
        Usage = TokenUsage.Read(row.Usage),
        TriggersVisual = row.TriggersVisual,
    });
}
