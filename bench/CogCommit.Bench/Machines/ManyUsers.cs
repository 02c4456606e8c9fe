namespace CogCommit.Bench.Machines;

/// <summary>Users with histories that nobody pushed: made by PostgreSQL itself, with the rows, keys and indexes that pushes leave behind.</summary>
internal static class ManyUsers
{
    public const int TurnsPerCommit = 3;

    // A push of each ten commits. The keys hold by how the ids are made, so nobody looks them up again.
    private static readonly string[] Steps =
    [
        "create temporary table bench_users as select gen_random_uuid() as id from generate_series(1, $1)",
        "insert into auth.users (id) select id from bench_users",
        "insert into public.user_profiles (id) select id from bench_users",
        "insert into public.user_quotas (user_id) select id from bench_users",
        """
        insert into public.sync_pushes (user_id, seq, push_id, batch_id, rows, bytes)
        select id, n, gen_random_uuid(), gen_random_uuid(), 50, 30000 from bench_users, generate_series(1, $2 / 10) n
        """,
        """
        insert into public.sync_heads (user_id, seq, push_id, commits, bytes, commit_rows, session_rows, turn_rows)
        select u.id, $2 / 10, p.push_id, $2, $2 * 2400, $2, $2, $2 * $3 from bench_users u join public.sync_pushes p on p.user_id = u.id and p.seq = $2 / 10
        """,
        """
        insert into public.machines (user_id, machine_id, name, seq) select id, 'machine ' || n, 'box', 1 from bench_users, generate_series(1, 2) n
        """,
        """
        insert into public.projects (user_id, name, seq) select id, 'project ' || n, 1 from bench_users, generate_series(1, 8) n
        """,
        """
        insert into public.cognitive_commits (id, user_id, local_id, seq, started_at, closed_at, closed_by, captured_project, rev, hash, curated_hash, turn_count, stored_turns, bytes)
        select md5(u.id || ' commit ' || n)::uuid, u.id, md5('commit ' || n)::uuid, 1 + (n - 1) / 10, timestamptz '2026-01-01' + n * interval '1 hour',
          timestamptz '2026-01-01' + n * interval '1 hour', 'git_commit', 'project ' || 1 + n % 8, '1', md5(n::text), md5(n::text), $3, $3, 2400
        from bench_users u, generate_series(1, $2) n
        """,
        """
        insert into public.sessions (id, user_id, local_id, commit_id, seq, started_at, ended_at, rev, hash)
        select md5(u.id || ' session ' || n)::uuid, u.id, md5('session ' || n)::uuid, md5(u.id || ' commit ' || n)::uuid, 1 + (n - 1) / 10, now(), now(), '1', md5(n::text)
        from bench_users u, generate_series(1, $2) n
        """,
        """
        insert into public.turns (id, user_id, local_id, session_id, seq, ordinal, role, content, timestamp, rev, hash, bytes)
        select md5(u.id || ' turn ' || n || ' ' || k)::uuid, u.id, md5('turn ' || n || ' ' || k)::uuid, md5(u.id || ' session ' || n)::uuid, 1 + (n - 1) / 10, k, 'user',
          repeat(md5(n || ' ' || k), 25), now(), '1', md5(n::text), 800
        from bench_users u, generate_series(1, $2) n, generate_series(1, $3) k
        """,
        "drop table bench_users",
    ];

    /// <summary>So many more users, each with so many commits.</summary>
    public static void Add(BenchCloud cloud, int users, int commits)
    {
        using var connection = cloud.Database.OpenConnection();
        using (var begin = new Npgsql.NpgsqlCommand("set session_replication_role = replica", connection))
        {
            begin.ExecuteNonQuery();
        }

        foreach (var step in Steps)
        {
            // Some of them need not all of the three, and PostgreSQL wants to know the type of each that it is given.
            var sql = step;
            foreach (var (name, value) in new[] { ("$1", users), ("$2", commits), ("$3", TurnsPerCommit) })
            {
                sql = sql.Replace(name, value.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
            }

#pragma warning disable CA2100 // Our own words and numbers.
            using var command = new Npgsql.NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }

        using var end = new Npgsql.NpgsqlCommand("reset session_replication_role", connection);
        end.ExecuteNonQuery();
    }
}
