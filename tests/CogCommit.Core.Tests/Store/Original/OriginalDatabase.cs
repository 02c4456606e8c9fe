using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Tests.Store.Original;

/// <summary>A database as the original command line of a schema version would have left it.</summary>
internal static class OriginalDatabase
{
    private static readonly string[] Added =
    [
        "create table cognitive_commits (id text primary key, git_hash text, started_at text not null, closed_at text not null, closed_by text not null, parallel integer default 0, files_read text, files_changed text);"
        + "create table sessions (id text primary key, commit_id text references cognitive_commits(id), started_at text not null, ended_at text not null);"
        + "create table turns (id text primary key, session_id text references sessions(id), role text not null, content text, timestamp text not null, tool_calls text, triggers_visual integer default 0);"
        + "create table visuals (id text primary key, commit_id text references cognitive_commits(id), type text not null, path text not null, captured_at text not null, caption text);"
        + "create table daemon_state (key text primary key, value text);"
        + "create index idx_turns_session on turns(session_id)",
        Columns("cognitive_commits", "published integer default 0", "hidden integer default 0", "display_order integer default 0", "title text"),
        Columns("cognitive_commits", "project_name text"),
        Columns("turns", "model text"),
        Columns("cognitive_commits", "source text default 'claude_code'"),
        string.Concat(new[] { "cognitive_commits", "sessions", "turns", "visuals" }.Select(table => Columns(
            table, "cloud_id text", "sync_status text default 'pending'", "cloud_version integer default 0", "local_version integer default 1")))
        + Columns("cognitive_commits", "last_synced_at text") + Columns("visuals", "cloud_url text"),
        Columns("cognitive_commits", "prompt_count integer default 0"),
        Columns("cognitive_commits", "public_slug text", "published_at text") + "create unique index idx_slug on cognitive_commits(public_slug);",
        Columns("cognitive_commits", "rejection_count integer default 0", "approval_count integer default 0", "sentiment_label text"),
        Columns("turns", "has_rejection integer default 0", "has_approval integer default 0", "is_question integer default 0", "has_code_block integer default 0", "char_count integer default 0"),
    ];

    /// <summary>Two commits, three sessions, five turns, one visual.</summary>
    public const string SomeRows = """
        insert into cognitive_commits (id, git_hash, started_at, closed_at, closed_by, parallel, files_read, files_changed) values
          ('c1', 'abcdef1', '2026-02-11T20:36:45.618Z', '2026-02-11T21:46:25Z', 'git_commit', 1, '["/p/a.cs"]', '["/p/b.cs"]'),
          ('c2', null, '2026-11-22T18:55:51.765Z', '2026-02-11T22:00:00.5+01:00', 'session_end', 0, null, '{broken');
        insert into sessions (id, commit_id, started_at, ended_at) values
          ('s1', 'c1', '2026-02-11T20:36:45.618Z', '2026-02-11T21:46:25Z'), ('s2', 'c2', '2026-11-22T18:55:51.765Z', '2026-02-11T21:00:00Z'),
          ('agent-1', 'c1', '2026-02-11T20:40:00Z', '2026-02-11T20:41:00Z');
        insert into turns (id, session_id, role, content, timestamp, tool_calls) values
          ('t1', 's1', 'user', 'Please add the flux capacitor', '2026-02-11T20:36:45.618Z', null),
          ('t2', 's1', 'assistant', null, '2026-02-11T20:36:50.411Z', '[{"id":"x","name":"Bash","input":{"command":"grep gigawatt"},"result":"none"}]'),
          ('t3', 'agent-1', 'user', 'look around', '2026-02-11T20:40:00Z', null),
          ('t4', 's2', 'user', 'second', '2026-02-11T20:58:00Z', ''), ('t5', 's2', 'assistant', 'answered', '2026-02-11T20:59:00Z', '{torn');
        insert into visuals (id, commit_id, type, path, captured_at) values ('v1', 'c1', 'screenshot', '/p/x.png', '2026-02-11T20:36:45Z');
        insert into daemon_state values ('last', 'x');
        """;

    public static void Create(CogCommitHome home, int version, string rows = SomeRows)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(home.DatabasePath)!);
        using var connection = Open(home);
        Run(connection, string.Join(";\n", Added.Take(version)));
        Run(connection, $"create table schema_version (version integer primary key); insert into schema_version values ({version})");
        Run(connection, rows);
    }

    public static SqliteConnection Open(CogCommitHome home)
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection($"Data Source={home.DatabasePath};Pooling=False;Foreign Keys=False;Default Timeout=1");
        connection.Open();
        return connection;
    }

    public static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Columns(string table, params string[] columns) =>
        string.Concat(columns.Select(column => $"alter table {table} add column {column};"));
}
