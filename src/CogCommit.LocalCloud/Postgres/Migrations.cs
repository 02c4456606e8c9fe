using Npgsql;

namespace CogCommit.LocalCloud.Postgres;

/// <summary>Applies supabase/migrations, recorded as the supabase command line records them: either may go on where the other stopped.</summary>
public static class Migrations
{
    /// <summary>Any number, the same for all: two local clouds on one database must not migrate it at once.</summary>
    private const long Lock = 7236015522;

    public static IReadOnlyList<Migration> All => SqlResources.Migrations;

    /// <summary>Each migration that the database does not have yet, in its own transaction. Gives their names.</summary>
    public static async Task<IReadOnlyList<string>> ApplyAsync(NpgsqlConnection connection, CancellationToken cancellation = default)
    {
        await ExecuteAsync(connection, $"select pg_advisory_lock({Lock})", cancellation);
        try
        {
            await ExecuteAsync(
                connection,
                """
                create schema if not exists supabase_migrations;
                create table if not exists supabase_migrations.schema_migrations (version text not null primary key, statements text[], name text);
                -- Whatever the database grants by default.
                revoke all on schema supabase_migrations from public, anon, authenticated;
                revoke all on supabase_migrations.schema_migrations from public, anon, authenticated;
                """,
                cancellation);
            var applied = await AppliedAsync(connection, cancellation);
            var done = new List<string>();
            foreach (var migration in All.Where(migration => !applied.Contains(migration.Version)))
            {
                await ApplyAsync(connection, migration, cancellation);
                done.Add(migration.Name);
            }

            return done;
        }
        finally
        {
            await ExecuteAsync(connection, $"select pg_advisory_unlock({Lock})", CancellationToken.None);
        }
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        try
        {
            await ExecuteAsync(connection, migration.Sql, cancellation);
        }
        catch (PostgresException e)
        {
            throw new PostgresUnavailableException($"Migration {migration.Version}_{migration.Name} failed and left nothing behind: {e.MessageText}", e);
        }

        await using var record = new NpgsqlCommand("insert into supabase_migrations.schema_migrations (version, name, statements) values ($1, $2, $3)", connection)
        {
            Parameters = { new() { Value = migration.Version }, new() { Value = migration.Name }, new() { Value = new[] { migration.Sql } } },
        };
        await record.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task<HashSet<string>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var applied = new HashSet<string>(StringComparer.Ordinal);
        await using var command = new NpgsqlCommand("select version from supabase_migrations.schema_migrations", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            applied.Add(reader.GetString(0));
        }

        return applied;
    }

    internal static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        // The text is our own, from this assembly.
#pragma warning disable CA2100
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
