using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace CogCommit.Bench.Machines;

/// <summary>What one call of a function makes PostgreSQL do, as PostgreSQL counts it.</summary>
/// <param name="Seconds">From call to answer, on the server.</param>
/// <param name="RowsRead">Of our tables.</param>
/// <param name="TableScans">How often a table that grows with the history was read from end to end, for want of an index.</param>
/// <param name="Buffers">Pages of 8 KB that were touched, in memory or not.</param>
internal sealed record ServerWork(double Seconds, long RowsRead, long TableScans, long Buffers)
{
    /// <summary>Calls as this user, in a session whose plans are made, and takes back what it did.</summary>
    /// <param name="call">Of one function, with $1.</param>
    public static ServerWork Of(BenchCloud cloud, Guid user, string call, string argument)
    {
        using var connection = cloud.Database.OpenConnection();
        ServerWork? work = null;
        // The first ones make the plans.
        for (var i = 0; i < 7; i++)
        {
            work = Once(connection, user, call, argument);
        }

        return work!;
    }

    private static ServerWork Once(NpgsqlConnection connection, Guid user, string call, string argument)
    {
        // What earlier transactions counted would stand beside what this one counts.
        Scalar(connection, "select pg_stat_force_next_flush()::text", null, NpgsqlDbType.Text);
        using var transaction = connection.BeginTransaction();
        // A table of a few pages is rightly read whole; what is asked is what larger ones cost.
        Scalar(connection, "set local enable_seqscan = off", null, NpgsqlDbType.Text);
        Scalar(connection, "select set_config('role', 'authenticated', true), set_config('request.jwt.claims', $1, true)", $$"""{"sub":"{{user}}","role":"authenticated"}""", NpgsqlDbType.Text);
        using var plan = JsonDocument.Parse((string)Scalar(connection, $"explain (analyze, buffers, timing off, format json) select {call}", argument, NpgsqlDbType.Text)!);
        var top = plan.RootElement[0];
        Scalar(connection, "reset role", null, NpgsqlDbType.Text);
        var rows = (long)Scalar(connection, $"select coalesce(sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)), 0)::bigint from {Counts}", null, NpgsqlDbType.Text)!;
        var scans = (long)Scalar(connection, "select coalesce(sum(seq_scan), 0)::bigint from pg_stat_xact_user_tables where schemaname = 'public' and relname in ('cognitive_commits', 'sessions', 'turns', 'sync_pushes')", null, NpgsqlDbType.Text)!;
        transaction.Rollback();
        var buffers = top.GetProperty("Plan").GetProperty("Shared Hit Blocks").GetInt64() + top.GetProperty("Plan").GetProperty("Shared Read Blocks").GetInt64();
        return new ServerWork(top.GetProperty("Execution Time").GetDouble() / 1000, rows, scans, buffers);
    }

    private const string Counts =
        "pg_stat_xact_user_tables where schemaname = 'public' and relname in ('cognitive_commits', 'sessions', 'turns', 'visuals', 'sync_pushes', 'sync_heads', 'machines', 'projects', 'user_quotas')";

    private static object? Scalar(NpgsqlConnection connection, string sql, string? argument, NpgsqlDbType type)
    {
        // Our own words, and a value beside them.
#pragma warning disable CA2100
        using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        if (argument is not null)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = argument, NpgsqlDbType = type });
        }

        return command.ExecuteScalar();
    }
}
