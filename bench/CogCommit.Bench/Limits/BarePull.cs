using System.Diagnostics;
using System.Text.Json;
using CogCommit.Bench.Machines;
using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Bench.Limits;

/// <summary>
/// The same JSON read from a table of PostgreSQL and inserted into SQLite with its index, page by page: prepared statements, no trigger, nothing
/// compared, and the index filled for a whole page at once.
/// </summary>
internal sealed class BarePull : IDisposable
{
    private static readonly (string List, string Table, (string Column, string? Half, string Field)[] Fields)[] Tables =
    [
        ("commits", "cognitive_commits",
        [
            ("id", null, "id"), ("agent_session_id", "captured", "agent_session_id"), ("source", "captured", "source"), ("project_name", "captured", "project"),
            ("branch", "captured", "branch"), ("git_hash", "captured", "git_hash"), ("git_hashes", "captured", "git_hashes"), ("git_subject", "captured", "git_subject"),
            ("started_at", "captured", "started_at"), ("closed_at", "captured", "closed_at"), ("closed_by", "captured", "closed_by"),
            ("files_read", "captured", "files_read"), ("files_changed", "captured", "files_changed"), ("derived_title", "captured", "derived_title"),
            ("rev", "captured", "rev"), ("hash", "captured", "hash"), ("version", "curated", "version"), ("updated_at", "curated", "updated_at"), ("curated_hash", "curated", "hash"),
        ]),
        ("sessions", "sessions",
        [
            ("id", null, "id"), ("commit_id", null, "commit_id"), ("agent_session_id", null, "agent_session_id"), ("is_subagent", null, "is_subagent"),
            ("started_at", null, "started_at"), ("ended_at", null, "ended_at"), ("rev", null, "rev"), ("hash", null, "hash"),
        ]),
        ("turns", "turns",
        [
            ("id", null, "id"), ("session_id", null, "session_id"), ("ordinal", null, "ordinal"), ("role", null, "role"), ("content", null, "content"),
            ("timestamp", null, "timestamp"), ("model", null, "model"), ("tool_calls", null, "tool_calls"), ("interrupted", null, "interrupted"),
            ("usage", null, "usage"), ("triggers_visual", null, "triggers_visual"), ("rev", null, "rev"), ("hash", null, "hash"),
        ]),
    ];

    private readonly SqliteConnection _target;

    /// <param name="folder">Empty; the store comes here.</param>
    public BarePull(string folder)
    {
        var home = new CogCommitHome(folder);
        StoreFile.Open(home).Dispose();
        _target = new SqliteConnection(StoreConnection.String(home.DatabasePath, pooled: false));
        StoreConnection.Open(_target, TimeSpan.FromSeconds(10));
        foreach (var trigger in Triggers())
        {
            StoreConnection.Execute(_target, $"drop trigger {trigger}");
        }
    }

    /// <returns>Seconds of all of it.</returns>
    public double Run(BenchCloud cloud)
    {
        var inserts = Tables.Select(Insert).ToList();
        var pages = cloud.Scalar<long>("select count(*) from bench.pages");
        var began = Stopwatch.GetTimestamp();
        for (long n = 1; n <= pages; n++)
        {
            using var page = JsonDocument.Parse(cloud.Scalar<string>("select body from bench.pages where n = $1", n)!);
            StoreConnection.Execute(_target, "begin immediate");
            for (var table = 0; table < Tables.Length; table++)
            {
                foreach (var row in page.RootElement.GetProperty(Tables[table].List).EnumerateArray())
                {
                    Bind(inserts[table], Tables[table].Fields, row);
                    inserts[table].ExecuteNonQuery();
                }
            }

            StoreConnection.Execute(_target, "insert into turn_index (rowid, prompt, answer, tool_input, tool_result, spaced) select * from turn_texts where row > (select coalesce(max(id), 0) from turn_index_docsize)");
            StoreConnection.Execute(_target, "insert into commit_index (rowid, title, git_subject, files, spaced) select * from commit_texts where row > (select coalesce(max(id), 0) from commit_index_docsize)");
            StoreConnection.Execute(_target, "commit");
        }

        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        inserts.ForEach(insert => insert.Dispose());
        return seconds;
    }

    public void Dispose() => _target.Dispose();

    private static void Bind(SqliteCommand insert, (string Column, string? Half, string Field)[] fields, JsonElement row)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            var from = fields[i].Half is { } half ? row.GetProperty(half) : row;
            insert.Parameters[i].Value = from.GetProperty(fields[i].Field) switch
            {
                { ValueKind: JsonValueKind.Null } => DBNull.Value,
                { ValueKind: JsonValueKind.String } text => text.GetString()!,
                { ValueKind: JsonValueKind.Number } number => number.GetInt64(),
                { ValueKind: JsonValueKind.True } => 1L,
                { ValueKind: JsonValueKind.False } => 0L,
                { } json => json.GetRawText(),
            };
        }
    }

    // A commit comes with every page that has turns of it.
    private SqliteCommand Insert((string List, string Table, (string Column, string? Half, string Field)[] Fields) table)
    {
        var insert = _target.CreateCommand();
        insert.CommandText = $"insert or ignore into {table.Table} ({string.Join(", ", table.Fields.Select(field => field.Column))}) values ({string.Join(", ", table.Fields.Select((_, i) => $"$p{i}"))})";
        for (var i = 0; i < table.Fields.Length; i++)
        {
            insert.Parameters.Add(new SqliteParameter($"$p{i}", null));
        }

        return insert;
    }

    private List<string> Triggers()
    {
        var names = new List<string>();
        using var command = _target.CreateCommand();
        command.CommandText = "select name from sqlite_master where type = 'trigger'";
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            names.Add(rows.GetString(0));
        }

        return names;
    }
}
