using System.Diagnostics;
using CogCommit.Bench.Machines;
using Npgsql;

namespace CogCommit.Bench.Limits;

/// <summary>
/// PostgreSQL alone inserting the same rows from the same JSON, a statement per batch: the tables with their indexes, keys and policies, and
/// nothing asked, compared, counted or answered.
/// </summary>
internal static class BareCloudInsert
{
    private const string Insert = """
        with batch as materialized (select $1::jsonb as j),
        commits as (
          insert into public.cognitive_commits (id, user_id, local_id, seq, agent_session_id, captured_project, branch, git_hash, git_hashes, git_subject,
            started_at, closed_at, closed_by, closed_after, files_read, files_changed, derived_title, turn_count, prompt_count, rev, hash, curated_hash,
            source, title, project_name)
          select cogcommit.cloud_id($2, r.id), $2, r.id, $3, c.agent_session_id, c.project, c.branch, c.git_hash, c.git_hashes, c.git_subject,
            c.started_at, c.closed_at, c.closed_by, c.closed_after, c.files_read, c.files_changed, c.derived_title, c.turn_count, c.prompt_count, c.rev, c.hash,
            r.curated ->> 'hash', c.source, c.derived_title, c.project
          from batch b, jsonb_to_recordset(b.j -> 'commits') as r (id uuid, captured jsonb, curated jsonb),
            jsonb_to_record(r.captured) as c (source text, agent_session_id text, project text, branch text, git_hash text, git_hashes jsonb,
              git_subject text, started_at timestamptz, closed_at timestamptz, closed_by text, closed_after text, files_read jsonb, files_changed jsonb,
              derived_title text, turn_count int, prompt_count int, rev text, hash text)),
        sessions as (
          insert into public.sessions (id, user_id, local_id, commit_id, seq, agent_session_id, is_subagent, started_at, ended_at, rev, hash)
          select cogcommit.cloud_id($2, r.id), $2, r.id, cogcommit.cloud_id($2, r.commit_id), $3, r.agent_session_id, r.is_subagent, r.started_at,
            r.ended_at, r.rev, r.hash
          from batch b, jsonb_to_recordset(b.j -> 'sessions') as r (id uuid, commit_id uuid, agent_session_id text, is_subagent boolean,
            started_at timestamptz, ended_at timestamptz, rev text, hash text))
        insert into public.turns (id, user_id, local_id, session_id, seq, ordinal, role, content, timestamp, model, tool_calls, interrupted, usage,
          triggers_visual, rev, hash)
        select cogcommit.cloud_id($2, r.id), $2, r.id, cogcommit.cloud_id($2, r.session_id), $3, r.ordinal, r.role, r.content, r.timestamp, r.model,
          r.tool_calls, r.interrupted, r.usage, r.triggers_visual, r.rev, r.hash
        from batch b, jsonb_to_recordset(b.j -> 'turns') as r (id uuid, session_id uuid, ordinal bigint, role text, content text, timestamp timestamptz,
          model text, tool_calls jsonb, interrupted boolean, usage jsonb, triggers_visual boolean, rev text, hash text)
        """;

    /// <summary>All kept batches, as rows of a new user.</summary>
    /// <returns>Seconds of inserting alone.</returns>
    public static double Run(BenchCloud cloud)
    {
        var user = Guid.NewGuid();
        cloud.Execute("insert into auth.users (id) values ($1)", user);
        cloud.Execute("insert into public.user_profiles (id) values ($1)", user);
        using var connection = cloud.Database.OpenConnection();
        // As the tables' owner, as which the functions run.
        using (var role = new NpgsqlCommand("set role postgres", connection))
        {
            role.ExecuteNonQuery();
        }

        using var insert = new NpgsqlCommand(Insert, connection)
        {
            Parameters = { new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text }, new() { Value = user }, new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint } },
        };
        var watch = new Stopwatch();
        var batches = cloud.Scalar<long>("select count(*) from bench.batches");
        for (long n = 1; n <= batches; n++)
        {
            insert.Parameters[0].Value = cloud.Scalar<string>("select body from bench.batches where n = $1", n)!;
            insert.Parameters[2].Value = n;
            watch.Start();
            insert.ExecuteNonQuery();
            watch.Stop();
        }

        return watch.Elapsed.TotalSeconds;
    }
}
