namespace CogCommit.Core.Tests.Capture.Import;

/// <summary>What a pull does to captured rows: the greater (rev, hash) stays, whoever's it is.</summary>
internal static class PulledRows
{
    private static readonly (string Table, string[] Columns)[] Tables =
    [
        ("cognitive_commits",
        [
            "id", "agent_session_id", "source", "project_name", "branch", "git_hash", "git_hashes", "git_subject", "started_at", "closed_at", "closed_by",
            "closed_after", "files_read", "files_changed", "derived_title", "updated_at", "rev", "hash",
        ]),
        ("sessions", ["id", "commit_id", "agent_session_id", "is_subagent", "started_at", "ended_at", "rev", "hash"]),
        ("turns",
        [
            "id", "session_id", "ordinal", "role", "content", "timestamp", "model", "tool_calls", "interrupted", "usage", "triggers_visual", "bytes",
            "rev", "hash",
        ]),
    ];

    public static void Pull(CapturedStore from, CapturedStore to) => to.Store.Write(transaction =>
    {
        using var reader = from.Store.OpenReader();
        foreach (var (table, columns) in Tables)
        {
            using var command = reader.CreateCommand();
            command.CommandText = $"select {string.Join(", ", columns)} from {table}";
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                transaction.Execute($"""
                    insert into {table} ({string.Join(", ", columns)}) values ({string.Join(", ", columns.Select(column => $"${column}"))})
                    on conflict (id) do update set {string.Join(", ", columns.Skip(1).Select(column => $"{column} = excluded.{column}"))}
                    where (excluded.rev, excluded.hash) > ({table}.rev, {table}.hash)
                    """, [.. columns.Select((column, i) => ($"${column}", rows.IsDBNull(i) ? null : (object?)rows.GetValue(i)))]);
            }
        }

        transaction.RefreshTotals(from.Query("select id from cognitive_commits"));
    });
}
